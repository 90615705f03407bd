"""Tiny recordings, made when a test needs them: a second of grey pictures and silence, with a place in the head."""

from fractions import Fraction
from io import BytesIO

import av

PLACE, DEVICE = "+39.9042+116.4074/", "Camera 4471"
HEAD = {"location": PLACE, "make": DEVICE, "comment": "home address", "title": "home address"}
CODECS = {
    "mp4": ("libx264", "aac", 48000),
    "mov": ("libx264", "aac", 48000),
    "webm": ("libvpx", "libopus", 48000),
    "ipod": (None, "aac", 48000),
    "mp3": (None, "libmp3lame", 44100),
    "wav": (None, "pcm_s16le", 8000),
    "amr": (None, "libopencore_amrnb", 8000),
}


def a_clip(form="mp4", *, size=(64, 48), turned=0, sound_only=False) -> bytes:
    """A recording of this form; `turned` by so many degrees, as a telephone held upright writes it."""
    video_codec, audio_codec, rate = CODECS[form]
    told = BytesIO()
    options = {"movflags": "use_metadata_tags"} if form in ("mp4", "mov") else {}
    with av.open(told, "w", format=form, options=options) as target:
        target.metadata.update(HEAD)
        video = None
        if video_codec and not sound_only:
            video = target.add_stream(video_codec, rate=10)
            video.width, video.height, video.pix_fmt = *size, "yuv420p"
            if turned:
                video.set_display_rotation(turned)
        audio = target.add_stream(audio_codec, rate=rate, layout="mono")
        audio.codec_context.open()
        for number in range(10):
            if video is not None:
                target.mux(video.encode(_picture(size, number)))
            target.mux(audio.encode(_silence(audio, rate, number)))
        for stream in filter(None, (video, audio)):
            target.mux(stream.encode(None))
    return told.getvalue()


def _picture(size, number):
    frame = av.VideoFrame(*size, "yuv420p")
    for plane in frame.planes:
        plane.update(bytes([number * 20]) * plane.buffer_size)
    frame.pts, frame.time_base = number, Fraction(1, 10)
    return frame


def _silence(audio, rate, number):
    samples = audio.codec_context.frame_size or rate // 10
    frame = av.AudioFrame(format=audio.codec_context.format.name, layout="mono", samples=samples)
    frame.sample_rate, frame.pts, frame.time_base = rate, number * samples, Fraction(1, rate)
    for plane in frame.planes:
        plane.update(bytes(plane.buffer_size))
    return frame
