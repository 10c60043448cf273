from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("actions", "0012_corrections"),
    ]

    operations = [
        migrations.AlterField(
            model_name='schedule',
            name='held_back',
            field=models.CharField(blank=True, choices=[('second_person', 'it reaches so many people that a second person has to say yes'), ('window_over', 'the window of the action was over'), ('silence', 'no campaigning is allowed, since a vote is near'), ('organiser_gone', 'who set the hour, or said yes to it, organises the territory no more'), ('failed', 'an error kept it from leaving, and it was tried again in vain')], help_text='why it did not leave', max_length=16),
        ),
    ]
