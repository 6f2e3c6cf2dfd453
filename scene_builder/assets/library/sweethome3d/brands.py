"""Names of makers are no names of things: licences of models do not cover trademarks."""

import re

THINGS = {
    "Apple iPhone": "Smartphone",
    "Apple iBook": "Laptop",
    "Apple iMac 1998": "All-in-one computer",
    "Apple iMac 2004": "Flat screen computer",
    "Ford Focus": "Car",
    "Seat Leon": "Car",
    "VW new beetle": "Small round car",
    "Peugeot 308 CC": "Convertible car",
    "Renault Scenic": "Family car",
    "Chevrolet": "Pickup car",
    "Smart car": "Small car",
    "Concept Sedan": "Sedan car",
    "Yamaha YZR R6": "Racing motorcycle",
    "PlayStation": "Game console",
    "Rubik's cube": "Puzzle cube",
    "Winchester armchair": "Leather armchair",
    "Winchester sofa": "Leather sofa",
    "MP3 base for iPad": "MP3 base",
    "Hashtray": "Ashtray",
}
"""What stands for a title that is a maker's name, or is misspelt."""

MAKERS = (
    "apple", "audi", "bmw", "bosch", "braun", "canon", "casio", "chevrolet", "citroen", "coca",
    "cola", "dell", "dyson", "epson", "ferrari", "fiat", "ford", "gibson", "google", "harley",
    "honda", "hp", "hyundai", "ibook", "ikea", "imac", "ipad", "iphone", "ipod", "jeep", "kawasaki",
    "kenwood", "kia", "kitchenaid", "lamborghini", "lego", "leon", "lg", "logitech", "macbook",
    "mazda", "mercedes", "microsoft", "miele", "mini cooper", "nespresso", "nike", "nikon",
    "nintendo", "nissan", "nokia", "opel", "panasonic", "pepsi", "peterbilt", "peugeot", "philips",
    "playstation", "porsche", "ps4", "renault", "samsung", "seat leon", "siemens", "singer", "sony",
    "steinway", "suzuki", "tefal", "tesla", "thonet", "toyota", "vespa", "volkswagen", "volvo",
    "vw", "wii", "xbox", "yamaha", "zanussi",
)  # fmt: skip
_MAKERS = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, MAKERS))})(?!\w)", re.IGNORECASE)
_BY_LENGTH = sorted(THINGS, key=len, reverse=True)


def unbranded(title: str, *, otherwise: str) -> str:
    """Return a title without names of makers.

    Args:
        title: What the catalogue calls a model.
        otherwise: What to call it if nothing is left.
    """
    for name in _BY_LENGTH:
        if title.casefold().startswith(name.casefold()):
            title = THINGS[name] + title[len(name) :]
            break
    words = re.sub(r"\s{2,}", " ", _MAKERS.sub("", title)).strip(" -,()")
    return words[:1].upper() + words[1:] if words else otherwise


def is_branded(title: str) -> bool:
    """Whether a title names a maker."""
    return bool(_MAKERS.search(title)) or any(
        title.casefold().startswith(name.casefold()) for name in THINGS
    )
