"""People with rights on the probe's models."""

from django.contrib.auth.models import Permission

from casemgmt.people.models import Person


def a_person(username, *permissions):
    """Somebody of the staff with these rights on the probe's models."""
    person = Person.objects.create(username=username, name=f"{username} 先生", is_staff=True, language="en")
    person.user_permissions.set(Permission.objects.filter(content_type__app_label="probe", codename__in=permissions))
    return person
