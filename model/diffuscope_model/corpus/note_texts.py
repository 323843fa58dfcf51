"""Whole texts for thank-you notes and invitations.

Slots: {to}, {sender}, {gift} ("the lamp"), {occasion} ("picnic"), {day}, {time} and {where}
("in the garden").
"""

# ruff: noqa: E501 - one text or one table a line

THANKS: tuple[str, ...] = (
    "Dear {to},\nthank you so much for {gift}. It is just what I wanted. I smile when I see it.\nYours, {sender}",
    "Dear {to},\nwhat a lovely surprise! Thank you for {gift}. I will take good care of it.\nLove, {sender}",
    "Hello {to},\nmany thanks for {gift}. It was very kind of you. Please come and see me soon.\nYours, {sender}",
    "Dear {to},\nI was so happy about {gift}. I showed it to all my friends. Thank you!\nLove, {sender}",
    "Dear {to},\nthank you for {gift}. How did you know that I needed one? I use it every day.\nBest wishes, {sender}",
    "Hi {to},\nyou made my day with {gift}. I could not stop smiling. Thank you very much.\nYours, {sender}",
    "Dear {to},\nnow I have {gift} in my room, and it looks great there. Thank you for such a kind present.\nLove, {sender}",
    "Dear {to},\na big thank you for {gift}. You always find the best presents. I hope to see you soon.\nYours, {sender}",
    "Hello {to},\nI just opened the box and found {gift}. It is perfect. Thank you with all my heart.\nBest wishes, {sender}",
    "Dear {to},\nthanks a lot for {gift}. I like it very much. Next time the tea and cake are on me.\nYours, {sender}",
)

INVITATIONS: tuple[str, ...] = (
    "Dear {to},\nplease come to my {occasion} on {day} at {time}. We meet {where}. I hope you can be there.\nYours, {sender}",
    "Hi {to},\nI am planning a {occasion} {where}. It begins on {day} at {time}. Will you come?\nLove, {sender}",
    "Dear {to},\nyou are invited to my {occasion}! It is on {day} at {time}, {where}. Bring a friend if you like.\nBest wishes, {sender}",
    "Hello {to},\nare you free on {day} at {time}? There will be a {occasion} {where}. It would be nice to see you.\nYours, {sender}",
    "Dear {to},\na {occasion} is no fun without you. Please come on {day} at {time}. You will find us {where}.\nLove, {sender}",
    "Hi {to},\nsave the date: my {occasion} is on {day} at {time}. We will be {where}. Tell me if you can come.\nYours, {sender}",
    "Dear {to},\nI would love to see you at my {occasion}. Come on {day} at {time}. It takes place {where}.\nBest wishes, {sender}",
    "Hello {to},\nthere is good news: we are having a {occasion} {where}. Be there on {day} at {time}. There will be cake!\nYours, {sender}",
    "Dear {to},\nthis {day} at {time} I am having a {occasion} {where}. Please come and stay as long as you like.\nLove, {sender}",
    "Dear {to},\nwill you come to the {occasion} {where}? We start on {day} at {time}. I look forward to it.\nYours, {sender}",
)

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

OCCASIONS = (
    "birthday party", "picnic", "garden party", "concert", "dinner", "tea party", "barbecue", "wedding",
    "game night", "film night", "costume party", "school play", "reading", "dance", "treasure hunt",
    "pancake breakfast", "summer party", "chess evening", "house party", "book club", "bake sale",
)  # fmt: skip

TIMES = tuple(f"{hour} am" for hour in range(8, 12)) + tuple(f"{hour} pm" for hour in range(1, 11)) + (
    "noon", "half past two", "half past three", "half past four", "half past five", "half past six",
    "10:30", "11:15", "14:00", "15:30", "16:45", "17:00", "18:15", "18:30", "19:00", "19:45", "20:00",
)  # fmt: skip
