"""What each kind of order does to the sheet; every function says whether it understood."""
