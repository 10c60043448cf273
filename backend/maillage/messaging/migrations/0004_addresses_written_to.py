from django.db import migrations

FORGET = """
UPDATE messaging_message SET address = ''
WHERE recipient_kind = 'address' AND address <> '' AND status IN ('sent', 'failed', 'refused')
"""
"""Addresses that were asked whether they are a person's were kept as long as that person, also where they were not theirs."""


class Migration(migrations.Migration):

    dependencies = [
        ('messaging', '0003_message_about'),
    ]

    operations = [migrations.RunSQL(FORGET, migrations.RunSQL.noop)]
