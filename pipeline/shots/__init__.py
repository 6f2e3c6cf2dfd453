"""Films of several shots: a page is planned, each shot is made in a run folder, all are cut."""
