"""The boxes of MP4 and QuickTime files."""
