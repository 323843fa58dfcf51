"""Whole plots for short stories.

Slots: {Who} the character's first mention, {The} and {the} later mentions, {He}, {he}, {him} and
{his} the pronouns, {a_thing} and {thing}, and {where}, which is empty or a place behind its
preposition. Every plot names the character in its first sentence and the thing at least once.
"""

# ruff: noqa: E501 - one text or one table a line

PLOTS: tuple[str, ...] = (
    "{Who} found {a_thing}{where}. It was old and dusty. {He} cleaned it until it was bright. Now everyone wants to see the {thing}.",
    "One day {who} lost {a_thing}{where}. {He} looked and looked. A little bird showed {him} the way. The {thing} was under a bush.",
    "{Who} wanted {a_thing} more than anything. {He} worked hard all summer{where}. In autumn {he} had enough coins. That night {he} slept beside the {thing}.",
    "{Who} was sad because the {thing} was broken. {He} took it apart{where}. One small piece was missing. {The} made a new one, and the {thing} was whole again.",
    "Every night {who} heard a noise{where}. {He} took a light and crept closer. It was only {a_thing} in the wind. {The} laughed and went back to bed.",
    "{Who} had {a_thing} but no friends. One day {he} left the {thing} outside{where}. A child came by and asked about it. They have been friends ever since.",
    "{Who} saw {a_thing} float by{where}. {He} waded in and pulled it out. There was a letter tied to it. It said: please be kind.",
    "It was raining, and {who} had nowhere to go. Then {he} saw {a_thing}{where}. {The} waited beside it until the sun came out. {He} still likes the rain.",
    "{Who} gave {his} best friend {a_thing}{where}. The friend gave it back the next year. So the {thing} went to and fro. Nobody ever got tired of it.",
    "{Who} dreamed of {a_thing} made of gold. In the morning {he} went to look for it{where}. {He} found no gold at all. But {he} found a simple {thing}, and it was enough.",
    "There was a race{where}, and the prize was {a_thing}. {Who} was the slowest of all. But the others stopped to argue. {The} walked past them and won the {thing}.",
    "{Who} hid {a_thing}{where} for a game. Then {he} forgot where it was. All the neighbours helped to search. In the end the {thing} was behind the door.",
    "{Who} wanted to paint a picture of {a_thing}{where}. The first try was too small. The second was too big. The third was just right, and {he} hung it on the wall.",
    "{Who} met an old woman{where}. She had {a_thing} that was too heavy for her. {The} carried the {thing} all the way home for her. She thanked {him} with warm soup.",
    "Nobody knew what the {thing}{where} was for. {Who} turned it upside down. {He} pushed it and pulled it. At last {he} put flowers on it, and that was that.",
    "{Who} had never seen {a_thing} before. {He} found one{where} and walked around it three times. {He} said hello to it, very politely. The {thing} did not answer, but {he} liked it anyway.",
    "At midnight the {thing} began to glow{where}. {Who} watched it from the window. A tiny star had fallen on it. In the morning the star was gone, but the {thing} was still warm.",
    "{Who} wanted to swap {a_thing} for a boat. Nobody{where} had a boat to swap. So {he} built one out of old boards. {He} kept the {thing} and sailed away with it.",
    "A thief took the {thing} that {who} loved. {The} followed the footprints{where}. The thief was only a lonely goat. They shared some bread, and the goat gave the {thing} back.",
    "{Who} was afraid of the dark. So {he} put {a_thing} beside the bed{where}. When {he} woke up, the {thing} was there. After that the dark was not so bad.",
    "{Who} planted a seed{where}. A strange tree grew from it. On the highest branch hung {a_thing}. {The} shook the tree, and the {thing} fell softly into the grass.",
    "{Who} was late for the party. {He} had no present but {a_thing}. Everyone{where} had brought cake. The {thing} was the only present that made people smile.",
    "The wind blew the {thing} away. {Who} ran after it{where}. {He} ran over the hill and through the mud. {He} caught it at last and held it tight.",
    "{Who} bought {a_thing} from a sailor. The sailor said it was magic. {The} tried it{where}, and nothing happened. But {he} told stories about the {thing} all {his} life.",
    "It was dark{where}, and {who} could not find the way home. Then {he} saw {a_thing} that {he} knew. The {thing} stood right beside {his} own door.",
    "{Who} wrote a song about {a_thing}{where}. At first nobody listened. Then a frog joined in, and then a cricket. Soon the whole street was singing about the {thing}.",
    "{Who} and a small mouse found {a_thing}{where}. Both of them wanted it. {The} said that they could take turns. So the {thing} had two happy owners.",
    "{Who} broke {a_thing} by mistake{where}. {He} wanted to hide it. Then {he} told the truth instead. Nobody was angry, and they mended the {thing} together.",
    "On {his} birthday {who} got a big box{where}. Inside was a smaller box, and then a smaller one. In the last box was a note. It said: your {thing} is behind you.",
    "{Who} lived alone{where}. One morning {a_thing} stood at the door. There was no name on it. {The} kept the {thing} and left a pie for the kind stranger.",
    "{Who} could not sleep. {He} counted sheep, and {he} counted stars{where}. Then {he} thought about {a_thing}. It was such a quiet {thing} that {he} fell asleep at once.",
    "{Who} heard that the king wanted {a_thing}{where}. Others brought him big ones made of silver. {The} brought a simple {thing} from home. The king liked that one best.",
    "{Who} went for a long walk{where}. {He} took nothing but {a_thing}. By noon {he} was hungry and tired. A farmer gave {him} bread and asked to hear about the {thing}.",
    "{Who} wanted to fly. {He} tied {a_thing} to a big balloon{where}. The balloon went up without {him}. {The} waved to the {thing} until it was a dot in the sky.",
    "There was only one {thing} in the whole shop. {Who} had just enough money for it. Then {he} saw a child who was crying{where}. {The} gave the {thing} away and went home happy.",
    "{Who} kept {a_thing} under the stairs. Each day it was a little bigger. Soon there was no room left{where}. So {the} moved out and let the {thing} have the house.",
    "{Who} taught a parrot to talk. The parrot talked all day{where}. It only ever said {thing}. Now {the} wishes for a quiet hour.",
    "A storm was coming. {Who} ran out to save the {thing}{where}. The roof shook, and the rain came down. But {the} and the {thing} were safe and dry inside.",
    "{Who} asked the moon for {a_thing}{where}. The moon was silent. The next night {he} asked again, with a please. In the morning there was {a_thing} on the step.",
    "{Who} opened a tiny museum{where}. It had only one {thing} in it. People came from far away. They said it was the best {thing} that they had ever seen.",
    "{Who} had to choose between {a_thing} and a bag of coins. {He} thought about it all day{where}. Coins are soon gone, {he} said. So {he} took the {thing}, and {he} still has it.",
    "{Who} borrowed {a_thing} from a giant{where}. It was as big as a house. {The} rolled it home. When the giant came for the {thing}, they had tea together.",
    "Long ago {who} buried {a_thing}{where}. Many years went by. When {he} dug it up, it was covered in moss. It was the most beautiful {thing} in the world.",
    "{Who} made a wish{where}. {He} wished for a friend, but {he} got {a_thing}. {The} drew a smile on it. Then the {thing} was a friend after all.",
    "The train was full{where}, and {who} had to stand. {He} sat down on {a_thing} instead. An old man laughed and sat down too. They talked about the {thing} all the way.",
    "{Who} wanted to be brave. So {he} went out alone to get the {thing}{where}. An owl hooted, and {his} knees shook. But {he} came back with the {thing} and a big smile.",
)

WITHOUT_THING: tuple[str, ...] = ("lamp", "kite", "ball", "drum", "box", "bell", "cup", "hat")
"""What a story turns on where the prompt asks for no thing."""

WITHOUT_CHARACTER: tuple[str, ...] = (
    "small fox",
    "shy bear",
    "grey cat",
    "young rabbit",
    "clever hen",
)
"""Who a story is about where the prompt asks for nobody."""

SHE_FIGURES = frozenset(("witch", "princess", "queen", "fairy", "mermaid", "grandmother", "girl"))
HE_FIGURES = frozenset(
    (
        "wizard",
        "prince",
        "king",
        "pirate",
        "knight",
        "robot",
        "dragon",
        "giant",
        "ghost",
        "boy",
        "elf",
    )
)
"""Who lives in tales beside people with names, animals and jobs."""
