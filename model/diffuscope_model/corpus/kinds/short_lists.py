"""Short numbered lists of members of a category."""

# ruff: noqa: E501 - one category a line

from __future__ import annotations

import re
from random import Random

from diffuscope_model.corpus.composing import composed
from diffuscope_model.corpus.kind import Facts, Kind, Split, of_split

_TABLE = """
fruits: apple, banana, cherry, fig, grape, kiwi, lemon, melon, orange, peach, pear, plum
vegetables: bean, cabbage, carrot, celery, leek, lettuce, onion, pea, potato, pumpkin, spinach, turnip
colours: black, blue, brown, green, grey, orange, pink, purple, red, white, yellow
wild animals: bear, deer, elephant, fox, giraffe, hippo, lion, rhino, tiger, wolf, zebra
farm animals: cow, donkey, duck, goat, goose, hen, horse, pig, sheep, turkey
pets: budgie, canary, cat, dog, goldfish, guinea pig, hamster, parrot, pony, rabbit, turtle
birds: crow, dove, duck, eagle, gull, hawk, owl, parrot, pigeon, robin, swan
fish: carp, cod, eel, herring, pike, salmon, shark, trout, tuna
insects: ant, bee, beetle, butterfly, cricket, fly, moth, mosquito, wasp
trees: ash, beech, birch, elm, fir, maple, oak, palm, pine, willow
flowers: daisy, iris, lily, orchid, poppy, rose, sunflower, tulip, violet
drinks: cocoa, coffee, cola, juice, lemonade, milk, tea, water, wine
things in a kitchen: bowl, cup, fork, fridge, knife, oven, pan, plate, pot, sink, spoon, stove
things in a bathroom: bath, brush, comb, mirror, shower, sink, soap, sponge, toothbrush, towel
things in a bedroom: bed, blanket, clock, curtain, lamp, mattress, pillow, sheet, wardrobe
things in a classroom: blackboard, book, chair, chalk, desk, eraser, map, pen, ruler, teacher
things in a garden: bench, bush, fence, flower, grass, hedge, path, pond, swing, tree
tools: axe, chisel, drill, hammer, pliers, saw, screwdriver, shovel, spanner
pieces of clothing: belt, coat, dress, hat, jacket, scarf, shirt, shoe, skirt, sock, tie
instruments: cello, drum, flute, guitar, harp, horn, piano, trumpet, violin
sports: basketball, boxing, football, golf, hockey, rowing, rugby, running, swimming, tennis
countries: Brazil, Canada, China, Egypt, France, Germany, India, Italy, Japan, Norway, Spain
cities: Athens, Berlin, Cairo, London, Madrid, Moscow, Oslo, Paris, Rome, Tokyo, Vienna
planets: Mercury, Venus, Earth, Mars, Jupiter, Saturn, Uranus, Neptune
months: January, February, March, April, May, June, July, August, September, October, November, December
days of the week: Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday
parts of the body: arm, back, ear, eye, foot, hand, head, knee, leg, mouth, neck, nose
members of a family: aunt, brother, cousin, daughter, father, grandmother, mother, sister, son, uncle
jobs: baker, builder, cook, dentist, doctor, farmer, nurse, painter, pilot, singer, teacher
shapes: circle, cube, hexagon, oval, rectangle, square, star, triangle
metals: aluminium, copper, gold, iron, lead, nickel, silver, tin, zinc
vehicles: bicycle, boat, bus, car, lorry, plane, ship, tractor, train, tram, van
buildings: barn, castle, church, factory, hospital, house, museum, palace, school, tower
toys: ball, doll, kite, marble, puppet, puzzle, robot, teddy bear, top, yoyo
feelings: anger, envy, fear, hope, joy, love, pride, sadness, surprise
kinds of weather: cloud, fog, frost, hail, rain, snow, storm, sun, wind
sweet things: cake, candy, chocolate, cookie, honey, ice cream, jam, pie, sugar
languages: Arabic, Chinese, English, French, German, Greek, Italian, Polish, Russian, Spanish
things in the sky: bird, cloud, kite, moon, plane, rainbow, star, sun
things at the beach: crab, deck chair, sand, seagull, shell, starfish, towel, wave
sea animals: crab, dolphin, jellyfish, lobster, octopus, seal, shark, squid, starfish, whale
pieces of furniture: armchair, bed, bench, bookcase, chair, cupboard, desk, shelf, sofa, table
musical styles: blues, folk, jazz, opera, pop, rock, soul, swing
materials: brick, clay, cotton, glass, leather, metal, paper, plastic, rubber, silk, stone, wood, wool
games: bingo, cards, charades, checkers, chess, darts, dominoes, hide and seek, tag
"""
CATEGORIES: dict[str, tuple[str, ...]] = {
    name: tuple(member.strip() for member in members.split(","))
    for name, _, members in (line.partition(":") for line in _TABLE.strip().split("\n"))
}
_COUNT_WORDS = {2: "two", 3: "three", 4: "four", 5: "five"}

_VERBS = (
    "name", "list", "give me", "tell me", "write down", "show me", "say", "think of", "find",
    "name me", "make a list of", "write a list of", "give examples of",
)  # fmt: skip
_WITH_WHAT = (
    "{Verb} {count} {what}", "{Verb} {count} {what}.", "{Verb} {count} {what}, please.",
    "{verb} {count} {what}", "Please {verb} {count} {what}.", "Can you {verb} {count} {what}?",
    "Could you {verb} {count} {what} for me?", "I want you to {verb} {count} {what}.",
)  # fmt: skip
_AFTER_WHAT = (
    "{what}: {verb} {count}", "{what}: can you {verb} {count}?", "{what}: {verb} {count}, please.",
    "What {what} do you know? {Verb} {count}.", "{what}, {verb} {count} of them",
)  # fmt: skip
_BARE = (
    "{count} {what}", "{count} {what}, please.", "I need {count} {what}.", "list: {count} {what}",
    "What are {count} {what}?", "Which {count} {what} do you know?", "Do you know {count} {what}?",
    "{what}: {count} examples", "{what}, {count} of them, please.", "a list of {count} {what}",
    "I want a list with {count} {what}.", "Give {count} examples of {what}.",
)  # fmt: skip


_PHRASINGS = (
    *composed(_WITH_WHAT, "verb", _VERBS),
    *composed(_AFTER_WHAT, "verb", _VERBS[:10]),
    *_BARE * 3,
)


def _draw(rng: Random, split: Split) -> Facts:
    lists = of_split([f"{number} {what}" for what in CATEGORIES for number in _COUNT_WORDS], split)
    number, what = rng.choice(lists).split(" ", 1)
    count = _COUNT_WORDS[int(number)] if rng.random() < 0.6 else number
    return {"number": int(number), "count": count, "what": what}


def _answer(facts: Facts, rng: Random) -> str:
    members = CATEGORIES[facts["what"]]
    # Neighbours in the category's own order, the last one's being the first: one member tells the
    # others, none comes twice, and each is learnt whichever numbers are asked for.
    first = rng.randrange(len(members))
    chosen = (members * 2)[first : first + facts["number"]]
    return "\n".join(f"{line}. {member}" for line, member in enumerate(chosen, 1))


def check(facts: Facts, text: str) -> bool:
    """Whether the list is numbered from 1 to the asked-for count, with distinct members only."""
    matches = [re.fullmatch(r"(\d+)\. (.+)", line) for line in text.strip().split("\n")]
    if None in matches or [int(m[1]) for m in matches if m] != list(range(1, facts["number"] + 1)):
        return False
    members = [m[2].strip() for m in matches if m]
    return len(set(members)) == len(members) and set(members) <= set(CATEGORIES[facts["what"]])


KIND = Kind("short-lists", 18, _draw, _PHRASINGS, _answer, check, blurred=True)
