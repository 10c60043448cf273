"""What people read of advocacy, without login."""
