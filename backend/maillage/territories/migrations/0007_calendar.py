import django.db.models.deletion
import maillage.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("territories", "0006_confirmed_elections"),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarWindow',
            fields=[
                ('id', models.UUIDField(default=maillage.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('recess', 'parliamentary recess'), ('holiday', 'holidays'), ('silence', 'silence before a vote'), ('other', 'other')], max_length=16)),
                ('starts_on', models.DateField(help_text='from 00:00 local')),
                ('ends_on', models.DateField(help_text='until 24:00 local')),
                ('labels', models.JSONField(default=dict, help_text='by language: what it is called')),
                ('source', models.CharField(blank=True, help_text='where it can be read', max_length=300)),
                ('area', models.ForeignKey(help_text="and wholly below, in each place's time", on_delete=django.db.models.deletion.PROTECT, related_name='calendar', to='territories.area')),
            ],
            options={
                'indexes': [models.Index(fields=['ends_on'], name='territories_calendar_end')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='territories_calendar_ends_after_start')],
            },
        ),
    ]
