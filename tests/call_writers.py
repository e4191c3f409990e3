"""Write one conversation in every call format, as the recorders do."""

from __future__ import annotations

import io
import json
import textwrap
from collections.abc import Callable, Sequence
from html import escape

#: Who speaks, what they say, and the second at which they begin.
Said = tuple[str, str, int]


def clock(second: float, *, hours: bool = True, comma: bool = False) -> str:
    whole = int(second)
    text = (
        f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}" if hours else f"{whole // 60}:{whole % 60:02d}"
    )
    return f"{text}{',' if comma else '.'}000" if hours else text


def halves(text: str) -> list[str]:
    """A text in two cues, where a speaker's name could not be read into the second."""
    words = text.split(" ")
    for middle in range(len(words) // 2, len(words)):
        if middle and ":" not in words[middle] and words[middle][:1].isalpha():
            return [" ".join(words[:middle]), " ".join(words[middle:])]
    return [text]


def cues(talk: Sequence[Said], *, comma: bool, mark: str = "") -> str:
    out, number = [mark] if mark else [], 0
    for speaker, text, start in talk:
        for part, said in enumerate(halves(text)):
            number += 1
            times = f"{clock(start + part, comma=comma)} --> {clock(start + part + 1, comma=comma)}"
            named = f"{speaker}: {said}" if part == 0 else said
            out.append(f"{number}\n{times}\n{escape(named, quote=False) if mark else named}\n")
    return "\n".join(out)


def zoom(talk: Sequence[Said]) -> str:
    return cues(talk, comma=False, mark="WEBVTT\n")


def srt(talk: Sequence[Said]) -> str:
    return cues(talk, comma=True)


def teams_vtt(talk: Sequence[Said]) -> str:
    out = ["WEBVTT\n"]
    for number, (speaker, text, start) in enumerate(talk):
        times = f"0:{start // 60}:{start % 60}.0 --> 0:{start // 60}:{start % 60}.999"
        if number == 0:
            times = times.replace("0:", "-0:", 1) if start == 0 else times
        body = "\n".join(halves(escape(text, quote=False)))
        voice = f"<v.loud {escape(speaker)}>" if number % 2 else f"<v {escape(speaker)}>"
        out.append(f"id-{number}/7-0\n{times}\n{voice}{body}</v>\n")
    return "\n".join(out)


def teams_metadata(talk: Sequence[Said]) -> str:
    out = ["WEBVTT\n"]
    for speaker, text, start in talk:
        moment = f"2026-03-04T{clock(start)[:8]}Z"
        body = {"startDateTime": moment, "endDateTime": moment, "speakerName": speaker, "spokenText": text}
        out.append(f"{clock(start)} --> {clock(start + 1)}\n{json.dumps(body)}\n")
    return "\n".join(out)


def meet_lines(talk: Sequence[Said]) -> list[str]:
    out = ["Vanloop intro - Transcript", "Mar 4, 2026", "Attendees", ", ".join(sorted({name for name, *_ in talk})), ""]
    for number, (speaker, text, start) in enumerate(talk):
        if number % 3 == 0:
            out += [clock(start)[:8], ""]
        out += [f"{speaker}: {text}", ""]
    end = clock(talk[-1][2] + 1)[:8]
    return [
        *out,
        f"Transcription ended after {end}",
        "",
        "This editable transcript was computer generated and might err.",
    ]


def meet(talk: Sequence[Said]) -> str:
    return "\n".join(meet_lines(talk))


def meet_bold(talk: Sequence[Said]) -> str:
    names = {name for name, *_ in talk}
    return "\n".join(
        next((line.replace(f"{n}:", f"**{n}:**", 1) for n in names if line.startswith(f"{n}:")), line)
        for line in meet_lines(talk)
    )


def docx(lines: Sequence[str]) -> bytes:
    from docx import Document

    document = Document()
    for line in lines:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def meet_docx(talk: Sequence[Said]) -> bytes:
    return docx(meet_lines(talk))


def teams_docx(talk: Sequence[Said]) -> bytes:
    lines = []
    for speaker, text, start in talk:
        lines += [f"0:{start // 60}:{start % 60}.0 --> 0:{start // 60}:{start % 60}.9", speaker, text]
    return docx(lines)


def teams_docx_new(talk: Sequence[Said]) -> bytes:
    return docx([f"{speaker}   {clock(start, hours=False)}\n{text}" for speaker, text, start in talk])


def gong(talk: Sequence[Said]) -> str:
    ids = {name: str(9007199254740993 + 2 * n) for n, name in enumerate(dict.fromkeys(name for name, *_ in talk))}
    stretches = [
        {
            "speakerId": ids[speaker],
            "topic": None,
            "sentences": [
                {"start": (start + n) * 1000, "end": (start + n + 1) * 1000, "text": half}
                for n, half in enumerate(halves(text))
            ],
        }
        for speaker, text, start in talk
    ]
    parties = [{"speakerId": identity, "name": name, "affiliation": "External"} for name, identity in ids.items()]
    return json.dumps({"callTranscripts": [{"callId": "1", "transcript": stretches}], "parties": parties})


def chorus(talk: Sequence[Said]) -> str:
    utterances = [{"speaker_name": name, "snippet": text, "snippet_time": start} for name, text, start in talk]
    return json.dumps({"data": {"attributes": {"recording": {"utterances": utterances}}}, "included": []})


def fireflies(talk: Sequence[Said]) -> str:
    sentences = [
        {"index": n, "text": None, "raw_text": text, "start_time": start, "end_time": start + 0.5, "speaker_name": name,
         "speaker_id": 0}
        for n, (name, text, start) in enumerate(talk)
    ]  # fmt: skip
    return json.dumps({"title": None, "participants": None, "sentences": sentences})


def fireflies_flat(talk: Sequence[Said]) -> str:
    return json.dumps(
        [
            {"sentence": text, "startTime": str(start), "endTime": None, "speaker_name": name}
            for name, text, start in talk
        ]
    )


def otter(talk: Sequence[Said]) -> str:
    parts = [f"{name}  {clock(start, hours=False)}\n" + "\n".join(halves(text)) + "\n" for name, text, start in talk]
    return "\n".join([*parts, "Transcribed by https://otter.ai\n"])


def plain(talk: Sequence[Said]) -> str:
    return "".join(f"{name}: {text}\n" for name, text, _ in talk)


def plain_wrapped(talk: Sequence[Said]) -> str:
    """Lines wrap at word ends that cannot be read as names, with blank lines between all of them."""
    out = []
    for name, text, _ in talk:
        for n, half in enumerate(halves(text)):
            out.append(f"{name}: {half}" if n == 0 else textwrap.indent(half, ""))
    return "\n\n".join(out) + "\n"


def plain_timed(talk: Sequence[Said]) -> str:
    return "".join(f"[{clock(start)[:8]}] {name}: {text}\n" for name, text, start in talk)


#: Writer, the format that it is read as, and whether it tells when each turn begins.
WRITERS: dict[str, tuple[Callable[[Sequence[Said]], str | bytes], str, bool]] = {
    "zoom": (zoom, "zoom-vtt", True),
    "srt": (srt, "srt", True),
    "teams vtt": (teams_vtt, "teams-vtt", True),
    "teams vtt metadata": (teams_metadata, "teams-vtt-metadata", True),
    "teams docx": (teams_docx, "teams-docx", True),
    "teams docx, name and time": (teams_docx_new, "teams-docx", True),
    "meet": (meet, "google-meet", False),
    "meet, bold names": (meet_bold, "google-meet", False),
    "meet docx": (meet_docx, "google-meet", False),
    "gong": (gong, "gong", True),
    "chorus": (chorus, "chorus", True),
    "fireflies": (fireflies, "fireflies", True),
    "fireflies, flat": (fireflies_flat, "fireflies", True),
    "otter": (otter, "otter", True),
    "plain": (plain, "plain", False),
    "plain, wrapped": (plain_wrapped, "plain", False),
    "plain, timed": (plain_timed, "plain", True),
}
