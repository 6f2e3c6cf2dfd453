"""One module for each kind of thing; every public function returns a blueprint."""
