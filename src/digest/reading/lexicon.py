"""Plain word lists of English news prose: what a token can be.

General knowledge, written by hand: function words, reporting verbs, titles, first names. None
of it belongs to one story.
"""

from __future__ import annotations

SUBJECTS = frozenset("he she they i we it you".split())
RELATIVES = frozenset("who which whom whose".split())
DETERMINERS = frozenset(
    "the a an this these those his her its their our my your some many several most all both"
    " one two three four five another other others no each any few such every".split()
)
PREPOSITIONS = frozenset(
    "of for from at in on with by to about near against under over during through into like"
    " than among between across amid around behind beside besides beyond despite following"
    " including inside outside onto per regarding toward towards upon versus via within"
    " without aboard concerning throughout".split()
)
SUBORDINATORS = frozenset(
    "that if when while as after before because although though since until whether once"
    " unless where how why what whenever whatever but-for so asked given".split()
)
# Those that open a clause of their own at the head of a sentence.
OPENERS = frozenset(
    "if when while as after before because although though since until once unless whenever"
    " where asked given despite".split()
)
CONJUNCTIONS = frozenset("and but or nor yet".split())
BEING = frozenset("is was were are be been being am 's ’s".split())
FILLERS = frozenset(
    "has had have having will would could can may might should must did does do also then"
    " later recently once even again further still now just previously already not never ever"
    " often always soon twice himself herself themselves itself earlier first instead thus"
    " both ’d ’ll ’ve 'd 'll 've n't n’t quickly thereafter herein simply too".split()
)
OPENING_ADVERBS = frozenset(
    "however meanwhile there here yes no not only perhaps indeed still yet so then now later"
    " earlier today yesterday moreover furthermore nevertheless additionally finally instead"
    " nonetheless regardless apparently also even just both either neither well maybe thus"
    " hence afterwards afterward overall elsewhere together again next according speaking"
    " asked added adding calling citing noting saying thank thanks let why how what where more"
    " much less least last first second third other others another once twice".split()
)
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
MONTHS = frozenset(
    "january february march april may june july august september october november december"
    " jan feb aug sept oct nov dec".split()
)

# Reporting verbs by their plain form; the regular forms follow from it.
_VERBS = (
    "accuse acknowledge add admit advise affirm agree allege allude announce answer apologize"
    " argue ask assail assert assure attest banter bark beg believe belittle bellow blame"
    " blast blurt boast brag call caution chant characterize chide chime claim clap clarify"
    " comment complain concede conclude condemn confess confirm contend continue counsel"
    " counter criticize crow cry deadpan declare decry deem demand denounce deny depict deride"
    " describe disagree disclose dismiss dub echo elaborate emphasize enthuse exclaim explain"
    " fret fume gripe growl gush hint imply inform insinuate insist instruct interject"
    " interrupt intone invoke jab jest joke label lambast lambaste lament lash laugh lecture"
    " liken maintain mention mock mouth muse mutter note observe offer opine plead pledge"
    " ponder post praise pray preach predict proclaim profess promise prophesy protest query"
    " question quibble quip rail rant rate reaffirm reason reassure rebuke rebut recall recite"
    " recommend recommit recount refer refute reiterate relate remark remind repeat reply"
    " report reprimand respond retort retweet ridicule riff rip rule ruled say scoff scold"
    " scream shout shrug sigh slam slap slur snap sneer speak specify speculate state"
    " stipulate stress stump suggest summarize surmise swear taunt tease telegraph tell"
    " testify theorize think thunder tout troll trumpet tweet underscore unload urge vent"
    " verify volunteer vow wail warn whisper wisecrack wonder write yell"
).split()
# The past of those that are not regular.
_IRREGULAR = {
    "say": "said",
    "tell": "told",
    "write": "wrote",
    "think": "thought",
    "speak": "spoke",
    "swear": "swore",
}
_DOUBLED = frozenset("rip slap quip jab snap plan brag beg dub hit step riff clap".split())


def _forms(verb: str) -> dict[str, str]:
    """The forms of a verb, each with its shape: base, finite, doing."""
    stem = verb + verb[-1] if verb in _DOUBLED else verb
    past = stem + ("d" if verb.endswith("e") else "ed")
    doing = (verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else stem) + "ing"
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "go")) else "s")
    if verb.endswith("y") and verb[-2] not in "aeou":
        past, third = verb[:-1] + "ied", verb[:-1] + "ies"
    past = _IRREGULAR.get(verb, past)
    return {verb: "base", third: "finite", past: "finite", doing: "doing"}


CUES: dict[str, str] = {form: shape for verb in _VERBS for form, shape in _forms(verb).items()} | {
    "according": "according",
    "written": "finite",
}
# Verbs that report plainly: with these the speaker is theirs beyond doubt.
SAYING = frozenset(
    "said says say saying told tells tell telling asked asks wrote writes writing tweeted"
    " tweets added adds adding continued continues replied replies responded responds stated"
    " states noted notes noting explained explains argued argues arguing warned warns warning"
    " declared declares insisted insists recalled recalls concluded concludes according posted"
    " acknowledged claimed claims claiming suggested suggesting quipped joked remarked"
    " observed announced admitted complained predicted testified promised vowed stressed"
    " emphasized countered retorted".split()
)
# "told Newsweek": whom they name next is the hearer.
HEARER = frozenset("told tells tell telling assured reminded informed assures reminds".split())
# Nouns of speech that a speaker owns: "Trump's claim that", "her promise to".
SPEECH = frozenset(
    "claim claims statement statements comment comments remark remarks tweet tweets promise"
    " pledge vow call calls declaration assertion contention suggestion argument description"
    " insistence warning speech words phrase line answer response reply criticism complaint"
    " joke boast observation admission proposal question questions belief view theory message"
    " slogan mantra characterization accusation prediction testimony op-ed letter post"
    " interview".split()
)

MALE_TITLES = frozenset("mr mr. sir lord king prince father fr. brother imam".split())
FEMALE_TITLES = frozenset("mrs mrs. ms ms. miss lady queen princess dame sister madam".split())
TITLES = MALE_TITLES | FEMALE_TITLES | frozenset(
    "of president vice secretary senator sen sen. sens. rep rep. reps. representative gov"
    " gov. govs. governor dr dr. prof prof. professor gen gen. general prime minister judge"
    " justice chief chairman chairwoman chair speaker mayor attorney ambassador foreign state"
    " treasury defense press white house republican democratic gop col. col lt. lt sgt. sgt"
    " capt. capt captain director congressman congresswoman rev. rev reverend pastor bishop"
    " archbishop cardinal pope deputy del. host reporter adm. adm admiral maj. major cpl."
    " sheriff detective officer councilman councilwoman commissioner assemblyman former"
    " retired then-gov. then-sen. then-president hon. us u.s. leader majority minority whip"
    " candidate senate chancellor staff sergeant colonel lieutenant commander investor"
    " businessman spokesman spokeswoman spokesperson solicitor-general democrat".split()
)  # fmt: skip
SUFFIXES = frozenset("jr. jr sr. sr ii iii iv".split())
PARTICLES = frozenset("de von van der den al bin la del da di du le ben ibn el dos ter".split())

# Nouns that tell a man or a woman.
MEN = frozenset(
    "chairman spokesman congressman businessman councilman father husband son brother actor"
    " widower grandfather king man boy assemblyman anchorman gentleman mr patriarch".split()
)
WOMEN = frozenset(
    "chairwoman spokeswoman congresswoman businesswoman councilwoman mother wife daughter"
    " sister actress widow grandmother queen woman girl assemblywoman anchorwoman lady ms mrs"
    " matriarch".split()
)

# Capital words that head a body, an outlet, or a place, not a person.
BODIES = frozenset(
    "house senate congress party committee court department university college institute"
    " center centre council association company corporation inc times post journal news"
    " tribune herald press network cnn nbc cbs abc fox msnbc npr bbc reuters newsweek politico"
    " magazine union bank fund agency administration campaign states state kingdom nations"
    " street avenue city county island north south east west america american american's"
    " americans britain england ireland france germany russia china mexico canada iraq iran"
    " israel syria ukraine japan washington york iowa hampshire carolina florida texas ohio"
    " california virginia nevada michigan wisconsin pennsylvania arizona georgia massachusetts"
    " jersey utah illinois indiana kentucky alabama colorado twitter facebook google instagram"
    " youtube nato isis eu u.n. un u.s. us u.k. uk fbi cia nsa doj irs epa dnc rnc gop pac"
    " benghazi moscow beijing kremlin pentagon capitol hill tower square hall school church"
    " force forces army navy act bill amendment constitution republicans democrats republican"
    " democrat democratic islam muslim muslims christian christians jewish jews catholic"
    " latino latinos hispanic hispanics black african asian european mexican russian chinese"
    " war day week show daily broadcast debate convention caucus primary election super"
    " tuesday group foundation league society board commission ministry office bureau service"
    " project program security embassy gazette guardian breitbart buzzfeed huffpost slate vox"
    " atlantic register globe today observer wire digital media entertainment studio records"
    " airlines motors hotel casino resort park airport district delaware maryland connecticut"
    " oregon vermont maine montana kansas missouri minnesota dakota louisiana mississippi"
    " tennessee arkansas oklahoma nebraska idaho wyoming alaska hawaii charleston cleveland"
    " philadelphia chicago detroit miami boston london paris brussels berlin orlando europe"
    " africa asia internet god god's olympics wall jan. feb. obamacare medicare medicaid tea"
    " trade network's kyiv kiev istanbul".split()
)
# Nouns for what people are: they lead up to a name, and stand for a person without one.
ROLES = frozenset(
    "adviser advisor aide ally analyst anchor ambassador assistant attorney author backer"
    " boss businessman campaign candidate ceo chair chairman chairwoman chief co-chair co-"
    " founder co-host co-owner colleague columnist commander commentator communications"
    " congressman congresswoman consultant contributor coordinator correspondent counsel"
    " delegate democrat deputy director donor economist editor executive expert father"
    " daughter wife husband son brother sister mother founder frontrunner front-runner general"
    " governor head historian host judge lawmaker lawyer leader legend manager mayor member"
    " minister moderator national nominee officer official operative opponent organizer owner"
    " panelist partner pastor personality policy political politician pollster president"
    " presidential press prime producer professor publisher rapper representative researcher"
    " reporter rival scholar scientist secretary senator senior singer speaker spokesman"
    " spokesperson spokeswoman star strategist student superintendent supporter surrogate"
    " teacher veteran vice voter whip writer running mate actor actress activist billionaire"
    " blogger comedian congressional foreign former fellow finance gubernatorial house media"
    " security state staffer staff top magnate mogul businesswoman journalist journalists"
    " officials aides advisers experts critics supporters".split()
)
TIMES = frozenset(
    "day days week weeks month months year years hour hours minutes moments night morning"
    " evening afternoon weekend later earlier ago".split()
)
CALLING = frozenset(
    "call calls called calling describe describes described describing dubbed".split()
)
WORKS = frozenset(
    "show program programme film movie book song series album novel thriller documentary"
    " drama sitcom podcast star memoir hit musical host magazine project forum act".split()
)
# Forms that are nouns as often: "the calls", "in remarks".
NOUNS_TOO = frozenset(
    "claims calls comments remarks questions notes reports charges demands attacks promises"
    " points states signs orders jokes hopes charge claim".split()
)
# Outlets are called by their last word: "the Times".
PRESS = frozenset("Times Post Journal Tribune Herald Guardian Telegraph Globe Sun Star".split())
# What a sentence before told of: "in that exchange", "during the interview".
OCCASIONS = frozenset(
    "interview exchange meeting call speech debate rally conference briefing statement event"
    " appearance address visit hearing conversation session".split()
)
