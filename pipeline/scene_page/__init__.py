"""The web page that plays a scene, and what it may do."""
