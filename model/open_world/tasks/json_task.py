"""JSON from a sentence, and from a list of facts."""

from __future__ import annotations

import json
from random import Random

from diffuscope_model.corpus.grammar import a, pronouns
from open_world.tasks.people import name, some

ASKS = (
    "Turn this into JSON: {text}",
    "Convert this sentence to JSON: {text}",
    "Write this as JSON: {text}",
    "Make a JSON object from this: {text}",
    "Give me JSON for the following: {text}",
    "Extract the {keys} as JSON: {text}",
    "Extract the {keys} from this sentence as JSON.\n{text}",
    "{text} Write that as JSON with the keys {keys}.",
    "{text}\nPut this into JSON.",
    "Can you turn this into JSON? {text}",
    "What would this look like as JSON? {text}",
    "Please give me a JSON object with {keys}: {text}",
)


def draw(random: Random) -> tuple[str, str]:
    """A prompt and its answer."""
    facts, text = random.choice((_person, _person, _pet, _order))(random)
    keys = list(facts)
    listed = f"{', '.join(keys[:-1])} and {keys[-1]}"
    return random.choice(ASKS).format(text=text, keys=listed), json.dumps(facts)


def _person(random: Random) -> tuple[dict, str]:
    who, age = name(random), random.randint(5, 95)
    (job,), (city,) = some(random, "jobs", 1), some(random, "cities", 1)
    he = pronouns(who.split()[0]).he.capitalize()
    return random.choice(
        (
            (
                {"name": who, "age": age, "city": city},
                f"{who} is {age} years old and lives in {city}.",
            ),
            ({"name": who, "job": job}, f"{who} works as {a(job)}."),
            ({"name": who, "job": job, "city": city}, f"{who} is {a(job)} from {city}."),
            ({"name": who, "age": age, "job": job}, f"{who}, {age}, is {a(job)}."),
            ({"name": who, "age": age, "city": city}, f"{who} is {age}. {he} comes from {city}."),
            ({"name": who, "age": age}, f"{who} is {age} years old."),
            (
                {"name": who, "age": age, "job": job, "city": city},
                f"{who} is {age} years old, works as {a(job)} and lives in {city}.",
            ),
        )
    )


def _pet(random: Random) -> tuple[dict, str]:
    called, age = name(random).split()[0], random.randint(1, 15)
    (animal,) = some(random, "animals", 1)
    years = "year" if age == 1 else "years"
    return random.choice(
        (
            (
                {"name": called, "animal": animal, "age": age},
                f"{called} is {a(animal)} and {age} {years} old.",
            ),
            ({"name": called, "animal": animal}, f"My {animal} is called {called}."),
        )
    )


def _order(random: Random) -> tuple[dict, str]:
    (thing,), count = some(random, "things", 1), random.randint(1, 12)
    price, who = random.randint(1, 90), name(random)
    return random.choice(
        (
            ({"item": thing, "price": price}, f"The {thing} costs {price} dollars."),
            (
                {"item": thing, "quantity": count, "price": price},
                f"Item: {thing}, quantity: {count}, price: {price}.",
            ),
            ({"customer": who, "item": thing}, f"{who} ordered {a(thing)}."),
        )
    )
