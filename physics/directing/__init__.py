"""How the director searches: what may be turned, and how a miss is mended."""
