"""What machines ask of advocacy."""
