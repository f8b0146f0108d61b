#!/usr/bin/perl
# Gives ticket TICKET of the RT that rt_server.pl runs in DIRECTORY a history of COUNT comments, all of one second or two:
#
#   seed_history.pl DIRECTORY TICKET COUNT
#
# Through RT's classes without its scrips, which take half a second for each.
use strict;
use warnings;

BEGIN {
    my $directory = $ARGV[0] or die "usage: seed_history.pl DIRECTORY TICKET COUNT\n";
    $ENV{RT_SITE_CONFIG} = "$directory/RT_SiteConfig.pm";
    $ENV{RT_SITE_CONFIG_DIR} = "$directory/no-fragments";
}
use lib '/usr/share/request-tracker5/lib';
use MIME::Entity;
use RT -init;

my (undef, $ticket, $count) = @ARGV;
$RT::Handle->BeginTransaction;
for my $number (1 .. $count) {
    my $transaction = RT::Transaction->new(RT->SystemUser);
    my ($id, $message) = $transaction->Create(
        ObjectType => 'RT::Ticket', ObjectId => $ticket, Type => 'Comment', ActivateScrips => 0, CommitScrips => 0,
        MIMEObj => MIME::Entity->build(Type => 'text/plain', Charset => 'UTF-8', Data => ["Remark $number\n"]));
    die "comment $number: $message\n" unless $id;
}
$RT::Handle->Commit;
