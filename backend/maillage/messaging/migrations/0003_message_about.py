from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('messaging', '0002_passed_on_by_hand'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('about_id__isnull', False)), fields=['about_id'], name='messaging_message_about'),
        ),
    ]
