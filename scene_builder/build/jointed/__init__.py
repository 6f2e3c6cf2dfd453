"""Things with joints: cars on wheels that turn, lids and doors that open."""
