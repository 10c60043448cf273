from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_promises_climb'),
        ('relays', '0002_promises_under_way'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='application',
            name='relays_one_open_application',
        ),
        migrations.RemoveConstraint(
            model_name='application',
            name='relays_application_was_confirmed',
        ),
        migrations.AddField(
            model_name='application',
            name='network',
            field=models.CharField(blank=True, help_text='keyed mark of the network that confirmed it, for a day; no address', max_length=24),
        ),
        migrations.AlterField(
            model_name='application',
            name='confirmed_at',
            field=models.DateTimeField(blank=True, help_text='the address was proved; of one that was held, it was let in', null=True),
        ),
        migrations.AlterField(
            model_name='application',
            name='status',
            field=models.CharField(choices=[('unconfirmed', 'waiting for its confirming mail'), ('held', 'waiting for an organiser to look first'), ('submitted', 'submitted'), ('contacted', 'contacted'), ('approved', 'approved'), ('declined', 'declined'), ('withdrawn', 'withdrawn')], default='unconfirmed', max_length=16),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(condition=models.Q(('network', ''), _negated=True), fields=['network', 'confirmed_at'], name='relays_application_network'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ('submitted', 'contacted', 'held'))), fields=('seat', 'person'), name='relays_one_open_application'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['submitted', 'contacted', 'held', 'approved', 'declined']), _negated=True), ('confirmed_at__isnull', False), _connector='OR'), name='relays_application_was_confirmed'),
        ),
    ]
