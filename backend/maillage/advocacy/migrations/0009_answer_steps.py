import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def mark_reports(apps: StateApps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Mark what reports wrote, as far as it can be told: a meeting of a person that no account logged, and of which nobody was asked."""
    written = apps.get_model("advocacy", "Contact").objects.filter(by=None, author__isnull=False, questions=None)
    written.filter(kind="meeting", initiative="ours", readable_by="relays").update(by_report=True)


class Migration(migrations.Migration):

    dependencies = [
        ("advocacy", "0008_staff"),
    ]

    operations = [
        migrations.AddField(
            model_name='answerquestion',
            name='step',
            field=models.ForeignKey(blank=True, help_text='what they said, while it stands there', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='advocacy.contactstep'),
        ),
        migrations.AddField(
            model_name='contact',
            name='by_report',
            field=models.BooleanField(default=False, help_text='a report of a meeting wrote it, nobody by hand; erasure leaves this'),
        ),
        migrations.RunPython(mark_reports, migrations.RunPython.noop, elidable=True),
    ]
