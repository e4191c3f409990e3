"""The ways of speaking that go with confusion, and those that go with everything else, as named patterns."""

from __future__ import annotations

import re

_APOSTROPHES = re.compile(r"['’‘`´]")
_SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    """Lower case, one space between words, no apostrophes: live captions and careful transcripts read the same."""
    return _SPACE.sub(" ", _APOSTROPHES.sub("", text.lower())).strip()


def _compiled(patterns: dict[str, str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern)) for name, pattern in patterns.items())


_PAGE = (
    r"(?:web ?sites?|sites?|web ?pages?|pages?|front page|brochure|leaflet|flyer|adverts?|ads?|banner|poster|slides?|"
    r"decks?|head ?line|tag ?line|strap ?line|menu|video|photos?|pictures?|e ?mail campaign|newsletter|post)"
)
_THEY = (
    r"(?:he|she|they|someone|somebody|prospects?|buyers?|customers?|the (?:\w+ )?(?:lady|guy|man|woman|fella|chap|boss|"
    r"lead|director|manager|head|owner|team|buyer|people))"
)
_ASK = (
    r"(?:asks?|asked|wonders?|wondered|wants? to know|wanted to know|goes|went|says?|said|is like|was like|"
    r"wrote|writes)"
)

#: What a turn itself may hold.
TURN = _compiled(
    {
        "page": rf"\b(?:your|the|our|that|this) (?:\w+ )?{_PAGE}\b|\bon (?:there|here|the site|your site)\b",
        "page_says": r"\b(?:it|that|page|site|website|ad|line|banner|slide|where it|deck|heading)s? (?:does |sort "
        r"of |just )?"
        r"(?:says?|said|reads?|calls? (?:it|you|itself)|promis\w+|goes|had|has|states?|claims?)\b",
        "read": r"\b(?:i|we|he|she|they|my \w+)(?:ve|d)? (?:read|saw|seen|noticed|spotted|looked at|copied|printed|"
        r"underlined|"
        r"circled|found|skimmed|screenshotted|quoted)\b",
        "thought": r"\b(?:i|we|he|she|they)(?:d| had| was| were)? (?:thought|assumed|figured|understood|took|"
        r"gathered|imagined|"
        r"pictured|believed|presumed|reckoned|supposed|expect(?:ed|ing)?|counting on|under the impression)\b",
        "had_down": r"\b(?:had|have|has|got|put|d put|filed|pencilled|penciled|listed) (?:you|us|it|them) (?:\w+ )?"
        r"(?:down|under|as|in|next)\b|\b(?:takes?|took|taken|mistook|mistaken) (?:you|us|it|this) (?:for|as|to be)\b"
        r"|\bthought (?:you|we|it|this|that|youd|wed) (?:were|was|are|is|did|do|does|would|could|sold|had|might)\b",
        "in_mind": r"\b(?:what i|what id|what we|had in mind|was thinking|am thinking|im thinking|i was hoping|im "
        r"hoping|"
        r"hoping|really after|excited about|keen on|caught (?:me|my)|liked|looking forward|banking on|plan(?:s|ned|"
        r"ning)?)\b",
        "want": r"\b(?:id|wed|i would|we would|hed|shed|theyd) (?:want|like|love|need|expect|have|be|get|say|put|"
        r"move|use|send|then)\b",
        "you_do": r"\b(?:do|does|would|could|can|will|are|did) (?:you|yours|your|it|we|that) (?:\w+ )?(?:guys |"
        r"folks |lot )?"
        r"(?:do|send|handle|pay|run|write|make|provide|supply|come|find|file|check|pick|take|look after|deal|bring|"
        r"have|give|go|"
        r"ship|set|carry|cover|answer|host|collect|print|score|replace|manage|offer|sell|stop|block|call)\b",
        "you_will": r"\b(?:youd|youll|you would|you will|youre going to|it(?:ll| would|d| will)|wed|yours) (?:\w+ "
        r")?(?:be|come|"
        r"do|go|have|handle|send|take|give|run|show|tell|pay|stop|find|fill|file|figure|write|make)\b",
        "starts_so": r"^(?:\w+[,.]? ){0,3}(?:so|and|then|and then|so then|but)\b",
        "replace": r"\b(?:replac\w+|instead of|in place of|get rid of|rid of|switch off|turn off|swap\w*|lapse|"
        r"cancel\w*|"
        r"drop|ditch|retire|close the account|take over|taking over|move (?:it|them|everything|all|those)|"
        r"bring .{0,30} "
        r"over|no longer need|the one place|migrat\w+|rip out|come off)\b",
        "rate": r"\b(?:percentage|commission|your rate|how many (?:\w+ ){0,3}(?:you|your|we) (?:got|have|had)|your "
        r"(?:people|team|"
        r"guys|lot|specialists|experts|agents|staff|engineers|writers|consultants|recruiters|boys|girls|drivers))\b",
        "term": r"\bwhats (?:an? |the |that|this|it|a )?\w*|\bwhat (?:is|are|was|were|does|do|did) (?:an? |the |"
        r"that |this |your |"
        r"those |these )?[\w -]{2,40}?\b(?:mean|means|stand for|when|exactly|actually|in english|then|\?)|\bwhat "
        r"(?:on earth|the "
        r"hell|in the world)\b",
        "meaning": r"\b(?:mean(?:s|t|ing)? (?:by|in|exactly|here)|meaning of|(?:it|that|this|which|they|word|you|"
        r"term) means?\b|"
        r"stands? for|in english|translate|jargon|the word|words?\b|acronym|initials|letters|spell\w*|look(?:ed)? "
        r"(?:it|that) up|"
        r"googled?|never heard|dont know (?:the|that|what)|typo|in plain|define|definition|pronounce|a make|"
        r"nod(?:ded)?)\b",
        "is_that": r"\bis (?:that|it|this) (?:a|an|the|like|some|just|one|what|more|supposed|meant)\b|\bor is (?:it|"
        r"that|he|this)\b|"
        r"\bis it (?:\w+ ){1,4}or\b|\b(?:like|as in) (?:a|an|the|when)\b",
        "quoted_term": r"[\"“][\w /&-]{2,40}[\"”.,]{1,3}",
        "what_is_it": r"\bwhat (?:it is|is it|it does|it actually|you (?:actually |really )?(?:do|sell|are|offer|"
        r"make)|do you "
        r"(?:actually |really )?(?:do|sell|make|offer)|does it (?:actually |really )?do|this is|the thing (?:is|"
        r"does)|the software "
        r"(?:is|does)|am i (?:buying|getting|paying)|are we (?:\w+ )?(?:buying|getting|paying|looking)|id be "
        r"(?:getting|buying)|"
        r"were (?:buying|getting|looking at)|i(?:m| am) (?:buying|getting|paying|being asked)|its for|would we be "
        r"(?:buying|getting)|"
        r"you(?:ve)? (?:come|came) about|exactly (?:is|are|do|does))\b",
        "one_line": r"\b(?:one (?:line|sentence|breath|word|liner)|one-line|two (?:lines|sentences)|in a sentence|"
        r"in a line|nutshell|"
        r"simple terms|simply|plain (?:words|english)|boil\w*|like im (?:five|six|ten|a )|eli5|elevator|in a row|"
        r"what box|"
        r"which (?:drawer|box|bucket|heading|category|folder|line)|what (?:heading|category|kind of (?:thing|"
        r"software|tool|company)))\b",
        "start_again": r"\b(?:start(?:ing)? (?:again|over|from|at the (?:beginning|start))|back up|from the (?:top|"
        r"beginning)|go back to|"
        r"rewind|step back|lost me|not follow(?:ed|ing)?|neither of us|still (?:dont|not|cant|couldnt|no idea)|dont "
        r"(?:quite |really )?"
        r"(?:get|see|understand|follow)|couldnt tell|cant tell|none the wiser|confus\w+|puzzled|baffled|not sure "
        r"(?:what|i (?:get|follow)))\b",
        "tell_others": r"\b(?:tell|say to|explain (?:it )?to|brief|put (?:this|it) to|report to|describe (?:it|this|"
        r"you) to) (?:my|the|him|her|"
        r"them|our|a)\b|\b(?:ll|will|going to) ask me\b|\bwhat (?:do|shall|should|can) i (?:tell|say|write|put|"
        r"call)\b",
        "size": r"\b(?:small(?:er|est)?|big(?:ger|gest)?|tiny|little|large(?:r|st)?|enterprise\w*|global|our size|"
        r"my size|proper (?:companies|"
        r"compan\w+)|size|corporat\w+|multinational\w*|too (?:small|big|early)|grown into)\b",
        "like_us": r"\b(?:(?:people|companies|firms|someone|anyone|anybody|somebody|places|shops|outfits|teams|"
        r"businesses|one|ones|"
        r"customers|clients|folks) (?:\w+ )?(?:like (?:me|us|mine|ours|that)|smaller|our|my|with|who|in)|for (?:us|"
        r"me|people|someone|"
        r"somebody|companies|firms|folks|the (?:big|likes))|not (?:really )?(?:for|aimed at|made for|meant for) "
        r"(?:us|me|people)|like (?:me|"
        r"us) (?:ever|use|buy))\b",
        "misfit": r"\b(?:wasting (?:your|my)|nuisance|somebody elses|not us\b|hear not you|are we even|am i even|"
        r"the right (?:place|person|"
        r"people|fit)|wrong (?:place|person|people|crowd)|belong|count as|doesnt sound like (?:us|me)|look(?:s|ed)? "
        r"like (?:us|me)|wondered "
        r"(?:if|whether|how many)|feel a bit|fraud|above my|above our|out of (?:our|my) league|not accustomed|"
        r"does (?:anyone|anybody)|has any(?:one|body)|we(?:re|ve)? (?:only|just)|were (?:a|not|two|three|really)|"
        r"ive got (?:a|two|one))\b",
        "reported": rf"\b{_THEY}(?:s|d|ve|ll)? (?:\w+ ){{0,2}}?{_ASK}\b|\b(?:hed|shed|theyd|he had|she had|they "
        r"had)\b|\b(?:asking|told) (?:me|us)\b",
        "they_did": rf"\b{_THEY} (?:kept|wanted|wants|expected|brought|sent|forwarded|printed|opened|read|looked|"
        r"heard|turned|came|took|"
        r"pictured|built|booked|listened|nodded|stopped|introduced|signed)\b",
        "not_what": r"\b(?:not what (?:your|our|the|it|you|we|i)|thats not what|isnt what|completely different|"
        r"totally different|different "
        r"(?:type|kind|sort|product|thing|meetings?|tool|platform)|wrong (?:idea|end|impression|picture|product|"
        r"tool)|two different|"
        r"something else|thought we were|thought you were|not the same thing)\b",
        "take_back": r"\b(?:let me be (?:\w+ )?(?:careful|straight|honest|clear|fair|frank)|to be (?:honest|fair|"
        r"clear|straight|precise)|(?:id|i) "
        r"(?:should|better|ought to|must|have to|had to|hate|dial|soften|cross|put it|be lying|say it)|best case|"
        r"not strictly|"
        r"reads as if|sort of says|ought to say|should say|is ahead of|ahead of itself|thats worded|worded|it isnt "
        r"quite|its more like|"
        r"not quite|up to a point|strictly|depends|what that (?:line|means|page)|really (?:its|what|it)|in "
        r"(?:practice|fairness|fact)|"
        r"marketing|over ?stat\w+|generous|optimistic|only (?:for|on|in|if|with|the|part)|some of|partly|half)\b",
        "had_to": r"\b(?:i had to|id to|i have to|had to (?:say|tell|explain|put|write|walk|take)|i said its|i said "
        r"no|i said were not|i go were "
        r"not|so i put|so i explained)\b",
        "promise": r"\b(?:promis\w+|guarantee\w*|unlimited|zero|always|never|every|all|no (?:\w+ )?fees?|ten minutes|"
        r"a day|an afternoon|in "
        r"minutes|instant\w*|automatic\w*|real[ -]?time|full\w*|free|any|anything|percent|hundred|24|round the clock|"
        r"overnight)\b",
        "refuse": r"\b(?:we (?:dont|do not|cant|wont|never|only|wouldnt|arent|havent)|were not|its not|it doesnt|it "
        r"isnt|theres no|not us|not "
        r"(?:quite|yet|really|exactly)|afraid|unfortunately|a person still|its still|still (?:yours|yourselves|has "
        r"to|have to|need))\b",
        "price": r"[$£€%]|\b(?:price|pricing|prices|cost|costs|discount|budget|cheap\w*|expensive|invoice|contract|"
        r"per (?:seat|user|month)|"
        r"negotia\w+|terms|renewal|quote)\b",
        "security": r"\b(?:gdpr|sso|single sign|soc ?2?|security|encrypt\w*|audit|permission\w*|data protection|"
        r"hosted|region|dpa|logins?)\b",
        "integration": r"\b(?:integrat\w+|connect\w*|api|export|import|sync\w*|csv|excel|talk to|plug)\b",
        "schedule": r"\b(?:monday|tuesday|wednesday|thursday|friday|next week|tomorrow|calendar|invite|oclock|march|"
        r"april|june|send me|follow up|"
        r"two weeks|start date|minutes left)\b",
        "line": r"\b(?:hear me|hear you|break(?:ing)? up|broke up|mute|robot\w*|frozen|froze|cut out|screen|lagging|"
        r"noise|camera|line is|link)\b",
        "settled": r"^(?:\w+[,.]? ){0,2}(?:right|okay|ok|fine|fair|good|great|lovely|got it|understood|ah|oh|makes "
        r"sense|that helps|clear|"
        r"perfect|sure|yes|yeah|no|mm|ha)\b",
        "so_its": r"\b(?:so its|so it|so you|so were|so i(?:d| still)|so we|so thats|so theres|so that)\b",
        "not_but": r"\b(?:not|isnt|doesnt|dont|no) (?:\w+ ){1,5}(?:but|its|just|only)\b",
        "own_process": r"\b(?:our (?:own|process|procurement|legal|it|side|end|spreadsheet|shared)|my (?:boss|"
        r"director|husband|wife)|we always|"
        r"we currently|today we|at the moment|right now|i find|nobody|shared drive)\b",
        "question": r"\?|^(?:\w+[,.]? ){0,2}(?:what|how|why|who|which|when|where|is|are|do|does|can|could|would|"
        r"will)\b",
        "wh_how": r"\b(?:how (?:long|many|much|often|do|does|would|quick|soon))\b",
        "who": r"\bwho(?:s|ll|d)?\b",
        "or": r"\bor\b",
        "you": r"\byou(?:r|rs|re|d|ll|ve)?\b",
        "i": r"\b(?:i|im|id|ive|ill|my|me|mine)\b",
        "we": r"\b(?:we|were|wed|weve|well|our|ours|us)\b",
        "third": r"\b(?:he|she|they|him|her|them|his|hers|their|hes|shes|theyre|hed|shed|theyd)\b",
        "sorry": r"\b(?:sorry|forgive|excuse|daft|silly|stupid|dumb|rude|basic|embarrass\w+|ignoran\w+|bear with|"
        r"can i ask)\b",
        "just": r"\b(?:just|only|simply)\b",
        "quote_marks": r"[\"“”]",
        "because": r"\b(?:because|since|cause|so that)\b",
        "negated": r"\b(?:not|no|never|dont|doesnt|isnt|wasnt|cant|wont|nothing|nobody)\b",
    }
)

#: What the answer to a confused turn holds.
ANSWER = _compiled(
    {
        "we_dont": r"\b(?:we (?:dont|do not|cant|cannot|wont|wouldnt|never|only|just|arent|havent|stop|come in)|"
        r"were not|we are not|wed (?:not|never|"
        r"only)|i wouldnt|id keep|id not|id leave|neither)\b",
        "it_isnt": r"\b(?:it (?:doesnt|isnt|wont|cant|never|only|just|stays|still)|its (?:not|only|just|all|still|"
        r"no)|isnt (?:us|a|an|part|ours)|thats not|not "
        r"(?:us|ours|something|quite|exactly|really|here)|theres (?:no|nothing|nobody)|no(?:thing|body| one)|none)\b",
        "soften": r"\b(?:afraid|unfortunately|i wish|id love|would love|stop you|straight|honest|careful|nervous|"
        r"dial|wrong end|be clear|clear|hear you|should "
        r"have said|should say|let me|step (?:later|earlier|back)|different (?:thing|thing|job|tool|product)|two "
        r"(?:different )?things|sadly|sorry)\b",
        "keep": r"\b(?:keep (?:your|the|\w+)|leave (?:the|your|it)|stays? (?:with|where|in|for)|still (?:be|your|"
        r"with|yours|has|have|need|bank|go)|yourselves|"
        r"your (?:own|existing|current)|whoever|whatever you|same as now|carry on|thats your|would be your|alongside|"
        r"beside|next to|on top of)\b",
        "elsewhere": r"\b(?:thatd be|that would be|thats (?:your|a|an|the|for|papers|suppliers)|lives in|(?:a|an|"
        r"your) (?:\w+ ){1,3}(?:system|tool|agency|"
        r"provider|vendor|company|catalog|platform)|somebody elses|someone else|or something like|another)\b",
        "denies": r"^(?:\w+[,.]? ){0,3}(?:no|nope|not|never|ah|oh|hm|well|so|actually|afraid)\b",
        "define": r"\b(?:it (?:means|stands)|stands for|means|meant to|supposed to|its (?:a|an|the|just|our|my|when|"
        r"how|basically|not as)|thats (?:a|an|the|our|"
        r"just|when|how)|jargon|word|our (?:name|term|word)|short for|so if|name for|i mean|fancy|grand|plain|"
        r"simply)\b",
        "owns_up": r"\b(?:my fault|our fault|fair|youre right|good (?:question|point)|not (?:rude|daft|silly)|i "
        r"know (?:that|which) line|ought to|should (?:just )?"
        r"(?:say|have)|take (?:it|that) (?:down|off|out)|reword|wording|worded|marketing|page|site|line|misleading|"
        r"apolog\w+)\b",
        "assure": r"\b(?:smallest|biggest|largest|half (?:our|of our)|most of our|customers (?:are|your)|your size|"
        r"like you|the middle|bang on|exactly|who we|built it "
        r"for|youre (?:not|about|well|right|a|in)|not wasting|in range|plenty|people like|we(?:ve| have) (?:got "
        r")?(?:a|an|one|two|three|eleven|four)|"
        r"below|under|above our|about a)\b",
        "sum_up": r"\b(?:tell (?:them|him|her)|say (?:this|it)|you say|at its simplest|simplest|in short|basically|"
        r"what it does|of course|happy to|in a row|first|"
        r"it (?:tells|keeps|takes|gives|reads|sends|looks|texts|shows|tries|connects|watches|helps|writes|makes))\b",
        "groan": r"^(?:\w+[,.]? ){0,2}(?:oh (?:no|dear|god|lord|boy|wow|man|ouch|thats)|ouch|god|yikes|ha|huh|hm|eek|"
        r"shes never|hes never|never|aw|poor)\b",
        "what_said": r"\b(?:what (?:did|do|had|have|was|is) (?:you|he|she|they)|did (?:you|he|she|they)|and (?:you|"
        r"then)|how (?:did|do|was)|who (?:wrote|told|says)|where did)\b",
        "line_talk": r"\b(?:thats (?:the|that|our|your)|because of|that line|the (?:\w+ )?(?:line|page|banner|slide|"
        r"headline|video|poster|website|site)|marketing|we (?:say|made|wrote|call|need to|gotta))\b",
        "next_item": r"\b(?:next|number (?:two|three|four|five|six)|second|third|fourth|last one|who else|go on|"
        r"moving on)\b",
        "schedule": r"\b(?:monday|tuesday|wednesday|thursday|friday|week|tomorrow|calendar|invite|send you|ill send)\b",
        "yes": r"^(?:\w+[,.]? ){0,2}(?:yes|yeah|yep|it does|you can|sure|absolutely|correct|exactly|right|we do)\b",
        "price": r"[$£€%]|\b(?:price|cost|a month|per|pounds|dollars|hundred|thousand)\b",
    }
)

#: What the turn before holds: what was just shown, asked or claimed.
BEFORE = _compiled(
    {
        "invites": r"\b(?:any (?:other )?questions|what else|anything else|go on|whats next|next|who else|tell me|"
        r"how did|what happened|the third|and the|was there)\b",
        "asks": r"\?",
        "shows": r"\b(?:heres|this is|you can see|you see|sees|shows?|share|screen|look)\b",
        "reports": rf"\b{_THEY} (?:\w+ )?{_ASK}\b",
        "page": rf"\b(?:your|the|our) (?:\w+ )?{_PAGE}\b",
    }
)


def found(patterns: tuple[tuple[str, re.Pattern[str]], ...], text: str) -> list[float]:
    """1.0 for each pattern that occurs in the plain text, else 0.0."""
    return [float(pattern.search(text) is not None) for _, pattern in patterns]
