"""People by what they do: nouns for somebody who acts."""

from scene_builder.knowledge.words.nouns import AGENTS, words

_TRADES = """
acrobat actor actress angel apprentice archer artist athlete aunt babysitter baker ballerina
barber bartender batter beekeeper bellboy blacksmith bowler boxer bride bricklayer brother builder
butcher butler captain caretaker carpenter cashier catcher champion chef child cleaner climber
clown coach conductor cook cowboy cowgirl curler customer cyclist dad dancer daughter dentist
detective diver doctor driver drummer electrician elf fairy farmer father firefighter fireman
fisherman florist friend gardener general gentleman girl glazier goalie goalkeeper golfer
grandfather grandma grandmother grandpa groom guard guest guide gymnast hairdresser hiker hunter
janitor jeweller jockey judge juggler king kid knight lady lifeguard lumberjack magician maid man
mason mechanic mime miner monk mother mountaineer mum mom musician nephew niece ninja nurse nun
officer operator painter passenger pedestrian pharmacist photographer pianist pilot pirate pitcher
player plumber poet policeman policewoman postman potter priest prince princess professor prisoner
pupil queen referee robber runner sailor scientist sculptor seamstress shepherd sheriff shopkeeper
singer sister skater skier soldier son spy striker student surfer surgeon swimmer tailor teacher
teenager tennis_player thief toddler tourist trainer uncle vet viking waiter waitress warrior wife
witch wizard woman worker zookeeper boy baby people person crowd parent grandparent neighbour
neighbor husband monster alien ghost vampire zombie mermaid santa snowboarder skateboarder
bodybuilder weightlifter wrestler umpire
"""

PEOPLE: frozenset[str] = frozenset(words(_TRADES))
"""Nouns for people, in the singular."""
ACTING: frozenset[str] = PEOPLE | frozenset(words(AGENTS)) - {"robot"}
"""People and animals."""
CLOTHING: frozenset[str] = frozenset(
    words("""
veil coat hat dress suit jacket armor armour uniform boot shoe costume cape cloak apron overall
tuxedo gown robe shirt sweater jumper scarf glove helmet mask sunglasses hood raincoat pyjamas jeans
swimsuit skirt kimono gear vest sock hoodie cap turban
""")
)
"""What people are in without standing in it."""
FLUIDS: frozenset[str] = frozenset(
    words("""
water milk juice tea coffee wine beer oil honey syrup soup sauce paint ink blood lava sand sugar
salt flour rice grain cement mud cream gravel lemonade soda rain slime mercury chocolate_sauce
ketchup cereal confetti glitter beans gel custard batter
""")
)
"""What pours and spills, rather than falls."""
PACKED: frozenset[str] = frozenset(
    words("""
paint honey jam glue stew soup porridge yogurt milk oil syrup ketchup custard batter sauce mustard
champagne cider rum varnish
""")
)
"""What fills its vessel and is not seen apart from it: "a jar of honey"."""
