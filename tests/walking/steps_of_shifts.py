"""Steps of shifts: handing over, being away, messages of progress, consent of customers."""

from datetime import timedelta

from casemgmt.people.absences import end_absence, enter_absence
from casemgmt.people.models import Absence
from complaints.actions.consenting import record_consent
from complaints.actions.handing_over import hand_over, return_line, take_back_handover, take_everything_over, take_over
from complaints.actions.telling_progress import tell_progress
from complaints.models import Handover, HandoverLine
from complaints.roles import day_of
from tests.walking.rows import newest


def away(walk, _case):
    """For some days from tomorrow, with a substitute."""
    tomorrow = day_of(walk.at) + timedelta(days=1)
    by = walk.person()
    enter_absence(
        None,
        by=by,
        at=walk.at,
        starts_on=tomorrow,
        ends_on=tomorrow + timedelta(days=walk.pick(0, 2)),
        substitute_id=walk.pick(None, walk.cast.ben.pk, walk.cast.ana.pk, walk.cast.tara.pk),
    )


STEPS = {
    "away": away,
    "back": lambda walk, case: end_absence(newest(Absence.objects).pk, **walk.who()),
    "hand over": lambda walk, case: hand_over(
        **walk.who(), cases=[case.pk], given_to_id=walk.pick(None, walk.cast.ben.pk, walk.cast.ana.pk), words="拜托"
    ),
    "take over": lambda walk, case: take_over(newest(HandoverLine.objects).pk, **walk.who()),
    "take all over": lambda walk, case: take_everything_over(newest(Handover.objects).pk, **walk.who()),
    "line back": lambda walk, case: return_line(newest(HandoverLine.objects).pk, **walk.who(), reason="我也休息"),
    "handover back": lambda walk, case: take_back_handover(newest(Handover.objects).pk, **walk.who()),
    "tell progress": lambda walk, case: tell_progress(
        newest(case.progress_notices).pk, **walk.who(), channel="qianniu", words="仓库还在查，明天再回复您。"
    ),
    "no more messages": lambda walk, case: record_consent(
        case.pk,
        **walk.who(),
        channel=walk.pick("phone", "sms", "email", "qianniu"),
        scope=walk.pick("everything", "regular", "commercial"),
        decision=walk.pick("refused", "given"),
        words="别再打电话了。",
    ),
}
"""name → what is tried."""
