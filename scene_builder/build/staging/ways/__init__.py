"""Ways that the words give or leave open: headings, and flights of stairs."""
