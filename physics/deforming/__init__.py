"""What bends, folds and squashes: cloth and soft bodies, and what of the rigid world they meet."""
