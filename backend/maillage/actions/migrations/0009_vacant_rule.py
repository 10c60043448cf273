from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("actions", "0008_schedules"),
    ]

    operations = [
        migrations.AddField(
            model_name='action',
            name='vacant_rule',
            field=models.CharField(choices=[('worklist', 'they wait on the worklist'), ('neighbour', 'a neighbour is asked'), ('organiser', 'the organisers of the place are told')], default='worklist', help_text='what is done about seats on which nobody acts', max_length=16),
        ),
        migrations.AddField(
            model_name='boardstep',
            name='is_by_rule',
            field=models.BooleanField(default=False, help_text="nobody took it: the action's rule for vacant seats did"),
        ),
    ]
