from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('relays', '0003_held_applications'),
    ]

    operations = [
        migrations.AddField(
            model_name='term',
            name='paused_until',
            field=models.DateField(blank=True, help_text='the day on which it resumes by itself, in the time of the place', null=True),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.CheckConstraint(condition=models.Q(('paused_until__isnull', True), ('paused_at__isnull', False), _connector='OR'), name='relays_pause_has_begun'),
        ),
    ]
