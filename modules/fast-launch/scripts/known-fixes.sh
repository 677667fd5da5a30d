# What to do about a reason that EC2 gives, or an error of the AWS CLI's.

known_fix() {
  if is_passing "$1"; then
    echo 'it may pass by itself: apply again'
    return 0
  fi
  case $1 in
    *'Unable to stop instance'* | *[Ss]ysprep*)
      echo 'make the AMI with Sysprep and shutdown, as EC2 Image Builder does, not from a running instance' ;;
    *EC2FastLaunchFullAccess* | *'do not have sufficient permissions'*)
      echo 'attach the policy EC2FastLaunchFullAccess to the credentials that Terraform runs with' ;;
    *CreateTags*)
      echo 'remove the tags on network interfaces from the launch template' ;;
    *VpcLimit* | *'VPC limit'*)
      echo 'give a subnet, so that EC2 need not make a VPC' ;;
    *ExpiredToken* | *RequestExpired* | *'token'*'expired'*)
      echo 'give the machine that runs Terraform credentials that last longer than the apply' ;;
    *[Dd]'ry run failed'* | *UnauthorizedOperation* | *AuthFailure* | *'not authorized'* | *AccessDenied*)
      echo 'allow ec2:RunInstances on the AMI and on the launch template, and iam:PassRole, to the credentials that Terraform runs with' ;;
    *quota* | *LimitExceeded* | *'arallel launches'*)
      echo 'a Region has 40 parallel launches for all AMIs together: switch Fast Launch off for an AMI, lower maxParallelLaunches, or raise the quota' ;;
    *KMS* | *kms* | *Client.InternalError*)
      echo 'grant the service-linked role AWSServiceRoleForEC2FastLaunch the use of the KMS key of the AMI' ;;
    *InsufficientFreeAddresses* | *'free addresses'*)
      echo 'give a subnet with more free addresses' ;;
    *InsufficientInstanceCapacity* | *'insufficient capacity'*)
      echo 'give another instance type, or a subnet in another Availability Zone' ;;
    *'aunch template'* | *LaunchTemplate*)
      echo 'take out of the launch template what EC2 Fast Launch refuses: user data, termination protection, disabled metadata, Spot, shutdown that terminates, tags on network interfaces' ;;
    *)
      echo 'see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/win-fast-launch-troubleshoot.html' ;;
  esac
}

tell_fix() {
  complain "fix: $(known_fix "$1")"
}
