import django.db.models.deletion
import maillage.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("actions", "0005_local_paragraphs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LaunchRequest',
            fields=[
                ('id', models.UUIDField(default=maillage.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(help_text='of the action, when it was asked')),
                ('expected', models.PositiveIntegerField(help_text='how many mails the dry run showed')),
                ('by_hand', models.PositiveIntegerField(help_text='to how many a human would bring it')),
                ('asked_at', models.DateTimeField()),
                ('status', models.CharField(choices=[('asked', 'asked'), ('agreed', 'agreed'), ('refused', 'refused'), ('withdrawn', 'withdrawn'), ('overtaken', 'overtaken')], default='asked', max_length=16)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, help_text='why the second person said no', max_length=280)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='launch_requests', to='actions.action')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='launchrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'asked')), fields=('action',), name='actions_one_open_launch_request'),
        ),
    ]
