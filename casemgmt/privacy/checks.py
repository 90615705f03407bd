"""What is wrong with the master key, found before the first row is read."""

from django.apps import apps
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from casemgmt.privacy.master import master_keys, version_in_use

TO_ROTATE = "Run manage.py rotate_master_key while both keys are in CASEMGMT_MASTER_KEY."


def check_master_key(app_configs, **kwargs):
    """E006: the setting cannot be read. That it is missing is another check's to say."""
    try:
        master_keys()
    except ImproperlyConfigured as error:
        hint = "CASEMGMT_MASTER_KEY is 32 bytes in base64, or a list like 2:<new key>,1:<old key>."
        return [checks.Error(str(error), hint=hint, id="privacy.E006")]
    return []


def check_wrapped_keys(app_configs, databases=None, **kwargs):
    """E007: people whose master key is not there. W001: people still under an older one."""
    found = []
    keys = apps.get_model("privacy", "PersonKey")
    for using in databases or ():
        if keys._meta.db_table not in connections[using].introspection.table_names():
            continue
        used = set(keys.objects.using(using).values_list("master_version", flat=True).distinct())
        try:
            known, newest = set(master_keys()), version_in_use()
        except ImproperlyConfigured:
            continue
        if used - known:
            message = f"People's data needs master key {', '.join(map(str, sorted(used - known)))}, which is not there."
            found.append(
                checks.Error(message, hint="Put the old key back into CASEMGMT_MASTER_KEY.", id="privacy.E007")
            )
        elif used - {newest}:
            found.append(
                checks.Warning("Some people are under an older master key.", hint=TO_ROTATE, id="privacy.W001")
            )
    return found
