"""Chinese prompts: an own segmentation and clause reader, simplified and traditional alike."""
