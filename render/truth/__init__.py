"""What every pixel shows: exact, from our own records, whatever renderer makes the light."""
