"""The words that an invented archive is made of: a coast that argues about its harbours."""

NOUNS = """harbour quay pier crane ferry dock channel breakwater lighthouse tide fleet trawler
hull anchor rope net cannery warehouse tariff levy berth pilot tugboat dredger reef current
storm season catch quota ledger council ministry budget lease permit survey report inquiry
hearing vote petition contract clause deadline market price wage crew union strike pension
apprentice shipyard engine boiler signal beacon map chart boundary treaty convoy cargo container
insurer premium bond loan subsidy debt fund audit island strait village bridge road railway
depot fishery cooperative exchange school hospital reservoir pipeline forecast margin ballot
district surplus shortage monopoly concession freight lock sluice embankment marsh estuary
orchard granary foundry observatory archive registry tribunal commission delegation""".split()
VERBS = """delays threatens supports reshapes lifts undermines replaces explains speeds masks
reveals doubles exceeds justifies complicates outlasts shelters burdens steadies divides narrows
feeds empties strengthens unsettles postpones secures isolates rescues confuses outgrows
balances exhausts cheapens invites endangers reopens silences finances measures""".split()
ADJECTIVES = """northern southern outer inner old new public private costly modest fragile
patient cautious sudden seasonal temporary permanent rusting flooded crowded empty regional
coastal foreign shared rival unfinished overdue generous hasty secret unpopular sensible unequal
reliable narrow shallow deep idle busy provisional independent municipal historic prefabricated
neglected profitable subsidised antiquated emergency experimental""".split()
PREPOSITIONS = "behind beyond beneath across without against despite under near around".split()
JOINTS = [
    "and",
    "but",
    "because",
    "while",
    "even though",
    "so",
    "although",
    "until",
    "since",
    "unless",
]
LEADS = [
    "I think", "I believe", "I doubt that", "We don’t believe", "We know that",
    "Let me be clear:", "Look,", "There is no question that", "It’s obvious that",
    "What we see is that", "My view is that", "Frankly,", "To be honest,", "The numbers say",
    "Nobody assumes that", "Everybody knows that", "I am told that", "Ask anyone:",
    "We always said that", "I was wrong:", "It seems to me that", "Remember,", "Yes,", "No,",
    "My father used to say that", "They forget that", "You will find that", "Of course",
    "Once again",
]  # fmt: skip
ADVERBS = """quietly slowly openly twice reluctantly visibly rarely nearly barely finally hardly
sharply steadily gladly secretly officially partly wholly seldom now""".split()
LENGTHS = (
    "in a month",
    "in a year",
    "within weeks",
    "by autumn",
    "for decades",
    "again",
    "at last",
)
FIRST_NAMES = """Ana Benno Carla Davit Elif Farid Greta Hiro Ines Jamal Katya Liam Meike Noor Omar
Priya Quentin Rosa Sven Tara Uma Viktor Wenja Ximena Yusuf Zoë André Björn Chloé Dmitri""".split()
NAME_BEGINS = """Mar Tos Vel Bran Or Kel Dun Hal Sor Wen Pell Gar Lind Tarn Quil Ros Fen Al Ber
Cor Dra Esk Fal Gren Holl Ir Jor Kas Lor Mor""".split()
NAME_ENDS = """avel ka dring owick sen ett igard holm ento ander über ossi imov elle aker iño
worth ström ada ury elin ova indt esco orra ik ane olf umi er""".split()
TOWNS = """Ardnes Bellhaven Corrow Dunsea Eastmole Farrick Grayport Hallsund Inverlay Jorvin
Kelsholm Lowmarsh Merrin Northstrand Oldbridge Pellwick Quarrow Redsands Sallow Tarnmouth""".split()
ROLES = [
    "harbour master", "economist", "senator", "minister of ports", "professor of navigation",
    "union leader", "fund manager", "head of the survey", "central bank governor", "engineer",
    "mayor", "shipowner",
]  # fmt: skip
PUBLISHERS = [
    "The Daily Ledger", "The Courier & Post", "Tidewater Review", "Morning Gazette",
    "Harbour Notes", "The Coast Tribune",
]  # fmt: skip
VENUES = [
    "the fish hall",
    "the council chamber",
    "a radio studio",
    "the shipyard gate",
    "the old quay",
]
MEDIA = ["interview", "speech", "remarks to reporters", "post", "statement"]
TOLD = ["said", "told reporters", "told the council", "wrote", "insisted"]
#: A step of the scale, what pages call it, and what a statement says that has it.
STANCES = {
    "keeping": ("Keeping", "says that the harbours stay open"),
    "pressing": (
        "Pressing",
        "puts pressure on a party or on the clock, without speaking of closing",
    ),
    "distancing": ("Distancing", "makes the harbours the business of others"),
    "conditional": (
        "Will close if …",
        "names a condition and says that a harbour closes if it is met",
    ),
    "open": ("Open to closing", "says that a harbour may close, and names no condition"),
    "closing": ("Closing announced", "announces that a harbour has closed, or will"),
}
THRESHOLD = "conditional"
#: Phrases that the concordance lists: a label and its forms.
PHRASES = {
    "close the gates": [
        "close the gates",
        "closes the gates",
        "closing the gates",
        "closed the gates",
    ],
    "hand over the keys": ["hand over the keys", "handing over the keys", "handed over the keys"],
    "turn the boats around": ["turn the boats around", "turning the boats around"],
    "draw a line": ["draw a line", "drawing a line", "drew a line"],
    "not our water": ["not our water"],
    "last tide": ["last tide", "last tides"],
}
