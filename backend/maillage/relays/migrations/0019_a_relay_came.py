from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('relays', '0018_standing_looks_where_it_must'),
    ]

    operations = [
        migrations.AlterField(
            model_name='term',
            name='ending',
            field=models.CharField(blank=True, choices=[('handed_over', 'handed over'), ('stepped_down', 'stepped down'), ('ended_by_organiser', 'ended by an organiser'), ('became_relay', 'the stand-in became the relay'), ('relay_came', 'a relay took the seat where they stood in'), ('erased', 'the holder was forgotten')], help_text='how it ended; empty while it runs', max_length=24),
        ),
    ]
