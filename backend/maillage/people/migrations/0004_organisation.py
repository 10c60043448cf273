import django.contrib.postgres.fields
import django.db.models.deletion
import maillage.people.models.organisation
from django.db import migrations, models
from django.utils import timezone


def keep_open(apps, schema_editor):
    """An installation that gathered consents was public already: it stays so, under the name that people read."""
    controller = apps.get_model("people", "Controller").objects.order_by("pk").last()
    if controller is not None:
        apps.get_model("people", "Organisation").objects.create(
            controller=controller, country="FR", legal_kind="association", opened_at=timezone.now()
        )


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_promises_climb'),
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.SmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ('country', models.CharField(help_text='ISO 3166-1', max_length=2)),
                ('legal_kind', models.CharField(choices=[('party', 'political party'), ('candidate', 'candidate to an election'), ('association', 'association'), ('general_interest', 'association of general interest'), ('union', 'trade union'), ('coalition', 'coalition of organisations')], max_length=24)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), default=maillage.people.models.organisation.every_language, help_text='offered to the public, the usual one first', size=None)),
                ('address', models.TextField(blank=True)),
                ('email', models.EmailField(blank=True, help_text='where people write about their data', max_length=254)),
                ('publisher', models.CharField(blank=True, help_text='the person responsible for what is published', max_length=200)),
                ('host', models.TextField(blank=True, help_text='name, address and telephone')),
                ('opened_at', models.DateTimeField(blank=True, help_text='since when the public may come in; empty: not yet', null=True)),
                ('controller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.controller')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='people_one_organisation')],
            },
        ),
        migrations.RunPython(keep_open, migrations.RunPython.noop, elidable=True),
    ]
