"""How the stylizer is trained, on films that worldreel renders itself."""
