import django.db.models.deletion
import maillage.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("actions", "0007_reports_on_the_way"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='action',
            name='status',
            field=models.CharField(choices=[('draft', 'draft'), ('scheduled', 'scheduled'), ('launched', 'launched'), ('stopped', 'stopped'), ('closed', 'closed')], default='draft', max_length=16),
        ),
        migrations.AddField(
            model_name='launchrequest',
            name='launch_at',
            field=models.DateTimeField(blank=True, help_text='when it is to leave; empty: with the yes', null=True),
        ),
        migrations.CreateModel(
            name='Schedule',
            fields=[
                ('id', models.UUIDField(default=maillage.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(help_text='of the action, when it was set')),
                ('launch_at', models.DateTimeField()),
                ('expected', models.PositiveIntegerField(help_text='how many mails the dry run showed then')),
                ('set_at', models.DateTimeField()),
                ('status', models.CharField(choices=[('waiting', 'waiting'), ('left', 'left'), ('moved', 'moved'), ('taken_back', 'taken back'), ('held_back', 'held back')], default='waiting', max_length=16)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('held_back', models.CharField(blank=True, choices=[('second_person', 'it reaches so many people that a second person has to say yes'), ('window_over', 'the window of the action was over'), ('silence', 'no campaigning is allowed, since a vote is near')], help_text='why it did not leave', max_length=16)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='schedules', to='actions.action')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='schedule',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'waiting')), fields=('action',), name='actions_one_waiting_schedule'),
        ),
    ]
