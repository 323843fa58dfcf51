"""Short notes: thanks, invitations, apologies, reminders."""

from __future__ import annotations

from random import Random

from diffuscope_model.corpus.grammar import a
from diffuscope_model.corpus.note_texts import DAYS, TIMES
from open_world.tasks.people import name, some

PARTIES = "birthday party,dinner,picnic,barbecue,housewarming party,game night,concert".split(",")


def draw(random: Random) -> tuple[str, str]:
    """A prompt and its answer."""
    to, sender = name(random).split()[0], name(random).split()[0]
    ask, answer = random.choice((_thanks, _thanks, _invitation, _apology, _reminder))(random, to)
    if random.random() < 0.4:
        return f"{ask} Sign it {sender}.", f"{answer}\n\n{sender}"
    return ask, answer


def _thanks(random: Random, to: str) -> tuple[str, str]:
    (thing,) = some(random, "things", 1)
    ask = random.choice(
        (
            "Write a thank-you note to {to} for {thing}.",
            "Write a short note thanking {to} for {thing}.",
            "{to} gave me {thing}. Write a thank-you note.",
            "Help me thank {to} for {thing}.",
        )
    ).format(to=to, thing=a(thing))
    return (
        ask,
        f"Dear {to},\n\nThank you so much for the {thing}. It was very kind of you, and I think of "
        "you whenever I see it.",
    )


def _invitation(random: Random, to: str) -> tuple[str, str]:
    party, day, time = random.choice(PARTIES), random.choice(DAYS), random.choice(TIMES)
    ask = random.choice(
        (
            "Invite {to} to my {party} on {day} at {time}.",
            "Write an invitation to {to} for my {party} on {day} at {time}.",
            "Write a short message inviting {to} to a {party} on {day}, {time}.",
        )
    ).format(to=to, party=party, day=day, time=time)
    return (
        ask,
        f"Dear {to},\n\nI would love to see you at my {party} on {day} at {time}. I hope you can "
        "come!",
    )


def _apology(random: Random, to: str) -> tuple[str, str]:
    (thing,) = some(random, "things", 1)
    deed, sorry = random.choice(
        (
            ("being late", "I am sorry that I was late."),
            ("forgetting the birthday", "I am sorry that I forgot your birthday."),
            (f"breaking the {thing}", f"I am sorry that I broke the {thing}."),
            ("missing the meeting", "I am sorry that I missed the meeting."),
        )
    )
    ask = random.choice(
        ("Write an apology to {to} for {deed}.", "Write {to} a short note to say sorry for {deed}.")
    )
    return ask.format(
        to=to, deed=deed
    ), f"Dear {to},\n\n{sorry} It won't happen again, and I hope you can forgive me."


def _reminder(random: Random, to: str) -> tuple[str, str]:
    day, time = random.choice(DAYS), random.choice(TIMES)
    ask = random.choice(
        (
            "Write a reminder to {to} about the meeting on {day} at {time}.",
            "Remind {to} of our meeting on {day} at {time}.",
        )
    )
    return ask.format(
        to=to, day=day, time=time
    ), f"Hi {to},\n\nThis is a reminder of our meeting on {day} at {time}. See you there!"
