#!/usr/bin/perl
# Runs a private Request Tracker 5 (Debian's request-tracker5, rt5-db-sqlite, rt5-standalone) for a test:
#
#   rt_server.pl DIRECTORY
#
# DIRECTORY is empty or absent and receives everything that RT writes. Once RT answers, one line of JSON appears on
# standard output:
#
#   {"url":…, "port":…, "pid":…, "admin_token":…, "reader_token":…, "directory":…}
#
# admin_token may do everything (to seed); reader_token is an account with no more rights than the connector's README
# asks for. The script stays until its standard input ends or it gets SIGTERM or SIGINT; then it stops RT and waits for
# it, so nothing outlives it. It works as root and without systemd.
use strict;
use warnings;
use Cwd qw(abs_path);
use Fcntl qw(F_GETFD F_SETFD FD_CLOEXEC);
use File::Path qw(make_path);
use HTTP::Tiny;
use IO::Select;
use IO::Socket::INET;
use JSON::PP;
use POSIX qw(:sys_wait_h setpgid);
use Time::HiRes qw(time sleep);

my $k_library = '/usr/share/request-tracker5/lib';
my $k_server = '/usr/share/request-tracker5/libexec/rt-server';
my $k_setup = '/usr/sbin/rt-setup-database-5';
my $k_boot_seconds = 120;
my $k_stop_seconds = 10;

my $server_pid;
my $stop_asked = 0;
$SIG{TERM} = $SIG{INT} = $SIG{HUP} = sub { $stop_asked = 1 };
$SIG{PIPE} = 'IGNORE';

exit main(@ARGV);

sub main {
    my ($directory) = @_;
    die "usage: rt_server.pl DIRECTORY\n" unless defined $directory;
    -x $_ or die "$_ is missing: apt-get install request-tracker5 rt5-db-sqlite rt5-standalone\n"
        for $k_setup, $k_server;
    make_path($directory);
    $directory = abs_path($directory);
    opendir my $listing, $directory or die "$directory: $!\n";
    die "$directory is not empty\n" if grep { !/^\.\.?$/ } readdir $listing;

    # The socket is opened here and inherited by the server: the port is known before the configuration is written, and
    # nobody can take it in between.
    my $socket = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => 0, Proto => 'tcp', Listen => 64)
        or die "cannot listen on 127.0.0.1: $!\n";
    my $port = $socket->sockport;

    write_configuration($directory, $port);
    run_to_end($directory, 'setup.log', $k_setup, '--action', 'init', '--root-password-file',
        "$directory/root-password");
    my $tokens = make_accounts($directory);
    start_server($directory, $socket, $port);
    $socket->close;
    my $code = eval {
        my $url = "http://127.0.0.1:$port";
        wait_until_it_answers($directory, $url, $tokens->{admin_token});
        $| = 1;
        print JSON::PP->new->canonical->encode(
            {url => $url, port => $port, pid => $$, directory => $directory, %$tokens}), "\n";
        wait_for_the_end();
        0;
    };
    my $error = $@;
    stop_server();
    die $error unless defined $code;
    return $code;
}

sub write_configuration {
    my ($directory, $port) = @_;
    make_path(map { "$directory/$_" } qw(no-fragments sessions mason logs));
    write_file("$directory/root-password", "password\n");
    write_file("$directory/RT_SiteConfig.pm", <<"PERL");
Set(\$rtname, 'test');
Set(\$Organization, 'rt.test');
Set(\$DatabaseType, 'SQLite');
Set(\$DatabaseName, '$directory/rt.sqlite');
Set(\$WebDomain, '127.0.0.1');
Set(\$WebPort, $port);
Set(\$WebBaseURL, 'http://127.0.0.1:$port');
Set(\$MailCommand, 'testfile');
Set(\$WebSessionClass, 'Apache::Session::File');
Set(\$MasonDataDir, '$directory/mason');
Set(\$MasonSessionDir, '$directory/sessions');
Set(\$LogDir, '$directory/logs');
Set(\$LogToSyslog, undef);
Set(\$LogToSTDERR, 'warning');
Set(\$Timezone, 'UTC');
1;
PERL
}

# The accounts are made through RT's classes: version 5.0.3 has no REST call that makes a token.
sub make_accounts {
    my ($directory) = @_;
    write_file("$directory/accounts.pl", <<'PERL');
use strict;
use warnings;
use JSON::PP;
use RT -init;

my $root = RT::User->new(RT->SystemUser);
$root->Load('root');
my $reader = RT::User->new(RT->SystemUser);
my ($made, $message) = $reader->Create(Name => 'touchline', RealName => 'Touchline', Privileged => 1);
die "user touchline: $message\n" unless $made;
for my $right (qw(SeeQueue ShowTicket ShowTicketComments SeeGroup AdminUsers AdminGroupMembership)) {
    my ($granted, $why) = $reader->PrincipalObj->GrantRight(Right => $right, Object => RT->System);
    die "$right: $why\n" unless $granted;
}
my $everyone = RT::Group->new(RT->SystemUser);
$everyone->LoadSystemInternalGroup('Everyone');
for my $right (qw(CreateTicket ReplyToTicket)) {
    my ($granted, $why) = $everyone->PrincipalObj->GrantRight(Right => $right, Object => RT->System);
    die "$right: $why\n" unless $granted;
}
my %tokens;
for ([admin_token => $root], [reader_token => $reader]) {
    my ($key, $user) = @$_;
    my $token = RT::AuthToken->new(RT->SystemUser);
    my ($id, $why, $text) = $token->Create(Owner => $user->id, Description => 'test');
    die "$key: $why\n" unless $id;
    $tokens{$key} = $text;
}
open my $out, '>', $ARGV[0] or die "$ARGV[0]: $!\n";
print $out encode_json(\%tokens);
close $out or die "$ARGV[0]: $!\n";
PERL
    run_to_end($directory, 'accounts.log', $^X, "-I$k_library", "$directory/accounts.pl", "$directory/tokens.json");
    open my $in, '<', "$directory/tokens.json" or die "tokens.json: $!\n";
    local $/;
    return decode_json(<$in>);
}

sub start_server {
    my ($directory, $socket, $port) = @_;
    $server_pid = fork // die "fork: $!\n";
    return setpgid($server_pid, $server_pid) if $server_pid;
    setpgid(0, 0);
    fcntl($socket, F_SETFD, fcntl($socket, F_GETFD, 0) & ~FD_CLOEXEC);
    $ENV{SERVER_STARTER_PORT} = "127.0.0.1:$port=" . fileno($socket);
    become($directory, 'server.log', $k_server, '--server', 'Starlet', '--max-workers=2');
}

# The request waits in the socket's queue until a worker takes it: no polling of the port.
sub wait_until_it_answers {
    my ($directory, $url, $token) = @_;
    my $until = time + $k_boot_seconds;
    while (time < $until && !$stop_asked) {
        my $reply = HTTP::Tiny->new(timeout => 5)
            ->get("$url/REST/2.0/rt", {headers => {Authorization => "token $token"}});
        return if $reply->{status} == 200;
        die "RT ended before it answered; see $directory/server.log\n" if waitpid($server_pid, WNOHANG) == $server_pid;
        sleep 0.05 if $reply->{status} == 599;
    }
    die "RT did not answer within $k_boot_seconds s; see $directory/server.log\n";
}

sub wait_for_the_end {
    my $input = IO::Select->new(\*STDIN);
    until ($stop_asked) {
        next unless $input->can_read(0.2);
        last unless sysread STDIN, my $ignored, 4096;
    }
}

# Never SIGINT: as root, rt-server answers it by changing the owner of /var/lib/request-tracker5.
sub stop_server {
    return unless $server_pid;
    kill TERM => -$server_pid;
    my $until = time + $k_stop_seconds;
    while (waitpid($server_pid, WNOHANG) == 0) {
        kill KILL => -$server_pid if time > $until;
        sleep 0.02;
    }
    kill KILL => -$server_pid;
    undef $server_pid;
}

sub run_to_end {
    my ($directory, $log, @command) = @_;
    my $pid = fork // die "fork: $!\n";
    become($directory, $log, @command) unless $pid;
    waitpid $pid, 0;
    die "$command[0] failed; see $directory/$log\n" if $?;
}

# Replaces this process; everything it says goes to the log.
sub become {
    my ($directory, $log, @command) = @_;
    $ENV{RT_SITE_CONFIG} = "$directory/RT_SiteConfig.pm";
    $ENV{RT_SITE_CONFIG_DIR} = "$directory/no-fragments";
    $ENV{HOME} = $directory;
    $ENV{LC_ALL} = 'C.UTF-8';
    $SIG{$_} = 'DEFAULT' for qw(TERM INT HUP PIPE);
    open STDIN, '<', '/dev/null';
    open STDOUT, '>', "$directory/$log";
    open STDERR, '>&', \*STDOUT;
    chdir $directory;
    exec { $command[0] } @command or POSIX::_exit(127);
}

sub write_file {
    my ($path, $text) = @_;
    open my $out, '>', $path or die "$path: $!\n";
    print $out $text;
    close $out or die "$path: $!\n";
}
