"""Sentences with a gap, and what fits into it given the words on both sides.

A line is `sentence | clue=filler/filler; clue=filler`. `___` is the gap, `{clue}` the word on the
other side that decides, `{name}` a copied first name, `{he}`, `{him}` and `{his}` its pronouns, `{place}` a
copied place and `{thing}` a copied thing.
"""

# ruff: noqa: E501 - one text or one table a line

from __future__ import annotations

_LINES = """
{name} put on {his} ___ because it was {clue}. | raining=raincoat/boots; cold=coat/scarf; snowing=mittens/boots; sunny=sunglasses/sunhat; freezing=coat/mittens
The ___ {clue} at {name}. | barked=dog/puppy; meowed=cat/kitten; hissed=snake/goose; roared=lion/tiger; neighed=horse/pony; mooed=cow; hooted=owl; quacked=duck; croaked=frog; growled=bear/dog; bleated=sheep/goat
{name} cut the {clue} with a ___. | bread=knife; paper=knife; wood=saw; cake=knife; log=saw; tree=saw
{name} ate the {clue} with a ___. | soup=spoon; noodles=fork; porridge=spoon; salad=fork; yoghurt=spoon; spaghetti=fork; ice cream=spoon
The {clue} ___ over the {place}. | bird=flew/soared; plane=flew; moon=rose/shone; sun=rose/shone; bee=buzzed/flew; horse=jumped; eagle=soared/flew; star=shone
{name} drank a cup of ___ because {he} was {clue}. | cold=tea/cocoa; thirsty=water/juice; tired=coffee/tea
{name} went to the ___ to buy {clue}. | bread=bakery; meat=butcher; medicine=chemist; stamps=post office; flowers=florist; books=bookshop; toys=toy shop; apples=market
In {clue} {name} likes to ___. | winter=ski/skate; summer=swim/sail; autumn=read/sail; spring=read/hike
{name} was {clue}, so {he} ___. | tired=slept/yawned; hungry=ate; thirsty=drank; sad=cried/wept; happy=smiled/laughed; afraid=hid/ran; late=ran/hurried; cold=shivered; ill=rested/slept
{name} ___ because the film was {clue}. | sad=cried/wept; funny=laughed/smiled; boring=yawned/left; scary=screamed/hid; long=yawned
The {clue} is ___ than the mouse. | elephant=bigger/heavier; flea=smaller/lighter; snail=slower; lion=stronger/bigger; whale=bigger/heavier; ant=smaller/lighter; cheetah=faster/bigger
{name} washed {his} ___ with {clue}. | shampoo=hair; soap=hands/face; toothpaste=teeth; a sponge=car/face; a brush=dog/boots
A {clue} has ___ legs. | spider=eight; dog=four; bird=two; bee=six; horse=four; crab=ten; hen=two; fly=six
{name} opened the ___ with a {clue}. | key=door/chest; knife=letter; corkscrew=bottle; can opener=can/tin
The ___ took {name} across the {clue}. | sea=ship/boat; river=boat/ferry; city=bus/tram; country=train/bus; desert=camel; sky=plane/balloon
Please ___ the {clue}, {name}. | door=close/open; light=switch on/switch off; dishes=wash/dry; bed=make; song=sing/play; letter=read/write; window=close/open; book=read/close
{name} likes ___ music when {he} wants to {clue}. | dance=fast/loud; sleep=soft/slow; relax=quiet/slow; run=fast/loud; party=loud/fast
After the {clue} {name} was very ___. | race=tired/thirsty; meal=full/sleepy; rain=wet; exam=happy/tired; walk=tired/hungry; bath=clean/warm; nap=fresh/rested; swim=wet/hungry
The {clue} ___ in the sun. | ice=melted; snow=melted; washing=dried; cat=slept/dozed; dog=slept/lay; butter=melted; puddle=dried; lizard=slept/lay
{name} wrote a ___ with {his} {clue}. | pen=letter/note; pencil=letter/note; computer=story/letter; chalk=word/number; phone=message/note
{name} saw a ___ at the {clue}. | zoo=lion/tiger/zebra; farm=cow/pig/sheep; beach=crab/shell; pond=frog/duck; circus=clown; airport=plane; station=train; harbour=ship/boat
{name} gave the ___ to the {clue}. | dog=bone; cat=milk; horse=hay; rabbit=carrot; monkey=banana; bird=seeds; baby=milk; mouse=cheese; goat=hay
At {clue} {name} eats ___. | noon=lunch; breakfast=toast/cereal; night=dinner/supper; eight in the morning=breakfast; seven in the evening=dinner/supper
{name} rode {his} ___ to {clue}. | school=bicycle/bike; work=bicycle/bike; the farm=horse/pony; the stable=horse/pony; the castle=horse
The {clue} grew a ___ for {name}. | farmer=pumpkin/carrot; gardener=rose/tulip; tree=pear/peach; bush=rose/berry; vine=grape
{name} took a photo with {his} ___ of the {clue}. | mountain=camera; bird=camera; sunset=camera; castle=camera; waterfall=camera
{name} looked at the {clue} through the ___. | stars=telescope; moon=telescope; germs=microscope; ship=telescope; street=window; garden=window; cells=microscope
The {clue} ___ the bread for {name}. | baker=baked; knife=cut; mouse=nibbled/ate; shop=sold; duck=ate; waiter=brought; farmer=ate/baked
{name} sat on a ___ in the {clue}. | park=bench/swing; kitchen=chair/stool; garden=bench/swing; living room=sofa/chair; classroom=chair; desert=camel; field=horse; bar=stool
There are twelve ___ in a {clue}, {name}. | year=months; dozen=eggs/things; box=eggs/pencils
The {clue} made {name} ___. | joke=laugh/smile; onion=cry; dust=sneeze/cough; ghost=scream/shiver; lullaby=sleep/yawn; clown=laugh/smile; spider=scream; cold=shiver; smoke=cough
{name} hung the ___ on the {clue}. | wall=picture/clock; line=washing/shirt; hook=coat/hat; door=wreath/sign; tree=swing/lantern; window=curtain
{name} planted a ___ in the {clue}. | garden=rose/tree; pot=flower/seed; field=tree/seed; forest=tree; bed=rose/seed
{name} ___ the ball into the {clue}. | goal=kicked/shot; basket=threw; hole=rolled; net=kicked/threw; pond=threw/kicked; hoop=threw
The ___ works in a {clue} with {name}. | hospital=doctor/nurse; school=teacher; bakery=baker; garage=mechanic; kitchen=cook/chef; theatre=actor; library=librarian; shop=clerk/seller
{name} called the ___ because the {clue}. | house was on fire=fire brigade; tap was broken=plumber; lamp was broken=electrician; dog was ill=vet; baby was ill=doctor; tooth hurt=dentist; money was stolen=police
The {clue} is too ___ for {name} to carry. | piano=heavy/big; rock=heavy/big; sofa=big/heavy; soup=hot; safe=heavy; statue=heavy/big
{name} wore a ___ to the {clue}. | wedding=suit/dress; pool=swimsuit; beach=sunhat; ball=mask/dress; race=helmet; party=mask/suit; office=suit/tie
Yesterday {name} ___ a {clue}. | song=sang; cake=baked/ate; book=read; letter=wrote/read; picture=drew/painted; house=built; horse=rode; film=watched; car=drove/washed; fish=caught/ate
Tomorrow {name} will ___ a {clue}. | song=sing; cake=bake/eat; book=read; letter=write/read; picture=draw/paint; house=build; horse=ride; film=watch; car=drive/wash; fish=catch/eat
{name} is ___ a {clue} right now. | song=singing; cake=baking/eating; book=reading; letter=writing/reading; picture=drawing/painting; house=building; horse=riding; film=watching; car=driving/washing
The opposite of {clue} is ___, {name} said. | hot=cold; big=small; up=down; happy=sad; wet=dry; old=new; fast=slow; hard=soft; full=empty; rich=poor; early=late; dark=light
{clue} is the capital of ___, {name} said. | Paris=France; Berlin=Germany; Rome=Italy; Madrid=Spain; Oslo=Norway; London=England; Tokyo=Japan; Cairo=Egypt; Athens=Greece; Vienna=Austria; Dublin=Ireland; Lima=Peru
{name} knows that ___ comes after {clue}. | Monday=Tuesday; Tuesday=Wednesday; Wednesday=Thursday; Thursday=Friday; Friday=Saturday; Saturday=Sunday; Sunday=Monday; March=April; May=June; July=August; autumn=winter; spring=summer
{name} kept the ___ in the {clue}. | fridge=milk/butter; wardrobe=coat/dress; stable=horse/pony; garage=car/bike; kennel=dog; purse=money; library=book; aquarium=fish; cage=parrot/canary; hive=honey
The {clue} ___ up the tree, and {name} watched. | cat=climbed/ran; squirrel=climbed/ran; bird=flew; monkey=climbed/swung; snail=crept; ant=crept/climbed; kitten=climbed
The ___ swam in the {clue} beside {name}. | sea=dolphin/whale; pond=duck/frog; river=otter/fish; bowl=goldfish; ocean=whale/dolphin; lake=swan/fish
{name} fell asleep ___ the {clue}. | film=during; bed=in/on; sofa=on; tree=under; lesson=during; concert=during; hammock=in; tent=in; bridge=under; journey=during
The cat hid ___ the {clue} when {name} came. | box=in; bed=under; table=under; curtain=behind; cupboard=in; sofa=under/behind; basket=in; door=behind
{name} lives ___ a {clue}. | house=in; tent=in; hill=on; river=near/by; school=near; farm=on; city=in; boat=on; lake=near/by; castle=in; bakery=near/above
{name} was born ___ {clue}. | June=in; Monday=on; winter=in; Sunday=on; March=in; Friday=on; noon=at; midnight=at; dawn=at; summer=in
{name} has no ___, so {he} can't {clue}. | pay=money/coins; write=pen/pencil; row=boat/oars; open the door=key; phone home=phone; see well=glasses; fish=net/rod; cut the bread=knife; knit=wool/needles; paint=brush/paint
The {clue} was ___ and {name} did not eat it. | bread=stale/old; apple=rotten/sour; milk=sour; soup=cold/salty; lemon=sour; cake=burnt/stale; meat=raw/burnt; banana=rotten/brown
{name} is {clue} years old, and next year {he} will be ___. | five=six; six=seven; seven=eight; eight=nine; nine=ten; ten=eleven; eleven=twelve; three=four; four=five
{name} left the {thing} ___ the {clue}. | table=on/under; box=in; drawer=in; bed=under/on; shelf=on; cupboard=in; floor=on; door=behind; bag=in; roof=on
{name} needs {clue} to ___ the {thing}. | soap=clean/wash; paint=paint; money=buy; glue=mend/fix; water=wash/clean; paper=wrap; a buyer=sell; a helper=carry/lift; two hands=carry/lift
{name} ___ the {thing} with {clue}. | soap=cleaned/washed; glue=mended/fixed; red paint=painted; a rope=tied/pulled; both hands=lifted/carried; water=washed/cleaned; a blanket=covered; gold paper=wrapped
The {thing} is {clue}, so {name} must ___ it. | broken=fix/mend; dirty=clean/wash; lost=find; wet=dry; cold=warm; empty=fill; stolen=find; closed=open
{name} ___ to the {place} by {clue}. | car=drove; plane=flew; ship=sailed; boat=sailed; bicycle=rode; balloon=flew; bus=went; train=went
It was {clue} in the {place}, so {name} lit a ___. | dark=candle/lamp; cold=fire; gloomy=lamp/candle; icy=fire
{name} heard the ___ {clue} in the {place}. | barking=dog/puppy; singing=bird/robin; ringing=bell/phone; ticking=clock; roaring=lion; crying=baby; buzzing=bee/fly; blowing=wind; croaking=frog; squeaking=mouse
{name} was the ___ in the race because {he} ran so {clue}. | fast=first/winner; slowly=last
The {clue} at the {place} sold {name} a ___. | baker=cake/pie; florist=rose/tulip; grocer=melon/lemon; bookseller=book/map; tailor=suit/coat; jeweller=ring/brooch; hatter=hat/cap; cobbler=shoe/boot
{clue} of the children ___ singing with {name}. | One=is/was; Two=are/were; Many=are/were; All=are/were; Some=are/were; Three=are/were
The {clue} is ___. | sky=blue; grass=green; snow=white; night=dark; sun=bright/hot; ice=cold; fire=hot; lemon=sour; honey=sweet
The sun {clue} in the ___. | rises=east/morning; sets=west/evening
A {clue} can ___. | bird=fly/sing; fish=swim; horse=run/jump; frog=jump/swim; kangaroo=jump/hop; bee=fly/sting; parrot=fly/talk
The {clue} ___ on the sofa. | cat=slept/sat; dog=slept/lay; baby=slept/cried; boy=sat/slept; girl=sat/read; cushion=lay
We ___ with our {clue}. | eyes=see; ears=hear; noses=smell; hands=touch/feel; teeth=chew/bite; feet=walk
I ___ a {clue} every day. | letter=write/read; book=read; song=sing/hear; bus=take/catch; pear=eat; game=play
{name} has a red ___, and {he} can {clue} it. | ride=bike; wear=hat/coat; throw=ball; read=book; drive=car; fly=kite
{name} is not {clue}, {he} is ___. | tall=short/small; happy=sad; old=young; weak=strong; poor=rich; awake=asleep; early=late; loud=quiet; slow=fast/quick; lazy=busy
"""


def _parsed(line: str) -> tuple[str, dict[str, tuple[str, ...]]]:
    sentence, _, table = line.partition(" | ")
    pairs = (entry.split("=") for entry in table.split(";"))
    return sentence, {clue.strip(): tuple(fillers.strip().split("/")) for clue, fillers in pairs}


PATTERNS: tuple[tuple[str, dict[str, tuple[str, ...]]], ...] = tuple(
    map(_parsed, _LINES.strip().split("\n"))
)
"""Sentence templates, each with its table of clue -> fitting fillers."""
