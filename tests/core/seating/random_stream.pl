#!/usr/bin/perl
# The random stream of include/hanjari/base/random.h in another language, from its description alone.
#   random_stream.pl words SEED STREAM COUNT     the first COUNT words
#   random_stream.pl below SEED STREAM BOUND COUNT
#   random_stream.pl shuffle SEED STREAM SIZE    the numbers 0 .. SIZE-1, shuffled
# One number a line.
use strict;
use warnings;
use Digest::SHA qw(sha256);
use Math::BigInt;

my ($what, $seed, $stream, @rest) = @ARGV;
my $key = pack('H64', ('0' x (64 - length $seed)) . $seed);
my ($block, @words) = (0);

sub word {
  if (!@words) {
    my $digest = sha256($key . pack('N', length $stream) . $stream . pack('NN', 0, $block++));
    @words = map { Math::BigInt->from_hex(unpack('H16', substr $digest, 8 * $_, 8)) } 0 .. 3;
  }
  return shift @words;
}

sub below {
  my ($bound) = @_;
  my $whole = Math::BigInt->new(2)->bpow(64);
  my $limit = $whole - $whole % $bound;
  for (;;) {
    my $word = word();
    return $word % $bound if $word < $limit;
  }
}

if ($what eq 'words') {
  print word(), "\n" for 1 .. $rest[0];
} elsif ($what eq 'below') {
  print below(Math::BigInt->new($rest[0])), "\n" for 1 .. $rest[1];
} elsif ($what eq 'shuffle') {
  my @items = 0 .. $rest[0] - 1;
  for (my $i = $#items; $i >= 1; --$i) {
    my $j = below($i + 1);
    @items[$i, $j] = @items[$j, $i];
  }
  print "$_\n" for @items;
} else {
  die "unknown: $what\n";
}
