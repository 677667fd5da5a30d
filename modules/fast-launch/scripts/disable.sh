# Switches EC2 Fast Launch off for every AMI that uses our launch template, but one. Asks AWS which
# they are, so that it also finds what an earlier, interrupted apply left behind.
#
# Beside the preamble's values:
#   KEEP_AMI_ID   stays on; empty to switch off all

images=$(aws ec2 describe-fast-launch-images --output text --query \
  "FastLaunchImages[?LaunchTemplate.LaunchTemplateId=='$LAUNCH_TEMPLATE_ID' && ImageId!='$KEEP_AMI_ID'].ImageId")

# AMI ids, separated by blanks: word splitting is meant.
for image in $images; do
  [ "$image" != None ] || continue
  say "$image: switching off"
  aws ec2 disable-fast-launch --image-id "$image" --force >/dev/null
done

for image in $images; do
  [ "$image" != None ] || continue
  wait_until_off "$image"
  say "$image: off after $(($(now) - start))s"
done
