"""Looks into one recording, draws a still of it, or writes it anew without its head: bytes in, bytes out.

Runs as a process of its own, without Django, with limits on memory and time, and can open neither files nor sockets;
whatever the bytes do, they do it here. Only pictures and sound go over: no place, no device, no subtitles, no tracks
of measurements, no cover, no second file behind.
"""

import json
import resource
import sys
from io import BytesIO

import av
import av.sidedata.encparams
import av.sidedata.motionvectors
import av.subtitles.codeccontext
import av.subtitles.stream
import av.subtitles.subtitle
from av.bitstream import BitStreamFilterContext
from PIL import Image

LONGEST_SIDE = {"thumbnail": 240, "preview": 1600}
MEMORY = 1536 * 1024 * 1024
SECONDS = 25
MOST_PIXELS = 36_000_000
MOST_STREAMS = 32
FORMATS = {
    "video/mp4": "mov",
    "video/quicktime": "mov",
    "audio/mp4": "mov",
    "video/webm": "matroska",
    "audio/mpeg": "mp3",
    "audio/x-wav": "wav",
    "audio/amr": "amr",
}
"""By which reader: named, so that no list of addresses is ever taken for a recording."""
ANEW = {
    "video/mp4": ("mp4", "video/mp4"),
    "video/quicktime": ("mp4", "video/mp4"),
    "audio/mp4": ("ipod", "audio/mp4"),
    "video/webm": ("webm", "video/webm"),
    "audio/mpeg": ("mp3", "audio/mpeg"),
    "audio/x-wav": ("wav", "audio/x-wav"),
    "audio/amr": ("mp3", "audio/mpeg"),
}
KNOWN = frozenset(
    ("h264", "hevc", "vp8", "vp9", "av1", "mpeg4", "aac", "mp3", "opus", "vorbis", "alac", "amrnb", "amrwb")
) | {"pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_u8", "pcm_mulaw", "pcm_alaw", "mp3float", "amr_nb", "amr_wb"}
WITHOUT_MESSAGES = {"h264": "filter_units=remove_types=6", "hevc": "filter_units=remove_types=39|40"}
"""Cameras write about themselves between the pictures too."""
BARE = {"fflags": "+bitexact"}
BARE_OF = {"mp3": {"id3v2_version": "0", "write_xing": "0"}}


def limit_itself() -> None:
    """No more memory and time than a recording needs; no file is opened or written, and nobody is called."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def streams_of(source) -> tuple:
    """The picture, if there is one, and the sound, if there is some; pictures stuck to a sound are none."""
    if len(source.streams) > MOST_STREAMS:
        raise ValueError("streams")
    pictures = [one for one in source.streams.video if "attached_pic" not in str(one.disposition).lower()]
    video, audio = next(iter(pictures), None), next(iter(source.streams.audio), None)
    for stream in (video, audio):
        if stream is not None and stream.codec_context.name not in KNOWN:
            raise ValueError(stream.codec_context.name)
        if stream is not None:
            stream.codec_context.thread_count = 1
    if video is None and audio is None:
        raise ValueError("neither picture nor sound")
    return video, audio


def looked_into(source) -> dict:
    """Whether one part at least can be read, and how large the picture is."""
    video, audio = streams_of(source)
    packet = next(one for one in source.demux(*filter(None, (video, audio))) if one.size)
    return {
        "has_picture": video is not None,
        "pixels": video.codec_context.width * video.codec_context.height if video is not None else 0,
        "first": packet.size,
    }


def still_of(source, longest: int) -> bytes:
    """One picture from the beginning, upright: a second in, where there is one."""
    video, _audio = streams_of(source)
    if video is None:
        raise ValueError("no picture")
    size = video.codec_context.width * video.codec_context.height
    if not 0 < size <= MOST_PIXELS:
        raise ValueError(size)
    chosen = None
    for frame in source.decode(video):
        if frame.width * frame.height > MOST_PIXELS:
            raise ValueError("pixels")
        chosen = frame
        if frame.time is None or frame.time >= 1:
            break
    image = chosen.to_image()
    image = image.rotate(chosen.rotation, expand=True) if chosen.rotation else image
    image.thumbnail((longest, longest))
    bare, told = Image.frombytes(image.mode, image.size, image.tobytes()), BytesIO()
    bare.convert("RGB").save(told, "JPEG", quality=85)
    return told.getvalue()


def written_anew(source, content_type: str) -> bytes:
    """The same pictures and the same sound in a new file with nothing else in it."""
    video, audio = streams_of(source)
    form, told = ANEW[content_type][0], BytesIO()
    chosen = [one for one in (video if content_type.startswith("video/") else None, audio) if one is not None]
    with av.open(told, "w", format=form, options=BARE | BARE_OF.get(form, {})) as target:
        if content_type == "audio/amr":
            sound_encoded(source, audio, target)
        else:
            packets_copied(source, chosen, target)
    return told.getvalue()


def packets_copied(source, chosen, target) -> None:
    """Undecoded, packet by packet."""
    outs = {stream.index: target.add_stream_from_template(stream, opaque=True) for stream in chosen}
    filters = {
        stream.index: BitStreamFilterContext(WITHOUT_MESSAGES[stream.codec_context.name], stream, outs[stream.index])
        for stream in chosen
        if stream.codec_context.name in WITHOUT_MESSAGES
    }
    for packet in source.demux(*chosen):
        if packet.dts is None:
            continue
        place = packet.stream.index
        for one in filters[place].filter(packet) if place in filters else [packet]:
            one.stream = outs[place]
            target.mux(one)


def sound_encoded(source, audio, target) -> None:
    """Telephones' own sound in a form that browsers play."""
    out = target.add_stream("libmp3lame", rate=16000, layout="mono")
    resampler = av.AudioResampler(format="s16p", layout="mono", rate=16000, frame_size=576)
    for frame in source.decode(audio):
        for ready in resampler.resample(frame):
            target.mux(out.encode(ready))
    for ready in resampler.resample(None):
        target.mux(out.encode(ready))
    target.mux(out.encode(None))


def main(kind: str, content_type: str) -> None:
    """Read standard input as far as needed, work, answer: one line about it, then the bytes."""
    Image.preinit()
    limit_itself()
    with av.open(sys.stdin.buffer, format=FORMATS[content_type], metadata_errors="replace") as source:
        if kind == "look":
            told, content = looked_into(source), b""
        elif kind == "copy":
            told, content = {"type": ANEW[content_type][1], "pages": 1}, written_anew(source, content_type)
        else:
            told, content = {"type": "image/jpeg", "pages": 1}, still_of(source, LONGEST_SIDE[kind])
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + content)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
