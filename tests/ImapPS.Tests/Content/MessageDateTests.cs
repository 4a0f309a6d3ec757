using System.Globalization;
using ImapPS.Reading;

namespace ImapPS.Tests.Content;

/// <summary>Date fields as people mean them; what makes no sense is no date.</summary>
public sealed class MessageDateTests
{
    [Theory]
    [InlineData("Mon, 02 Mar 2026 10:11:12 +0100")]
    [InlineData("Mon, 02 Mar 2026 10:11:12.345 +0100")]
    [InlineData("Mon, 02 Mar 2026 10:11:12.345678901 +0100")]
    [InlineData("Mon, 02 Mar 2026 10:11:12,345 +0100")]
    [InlineData("Mon, 02 Mar 2026 10.11.12 +0100")]
    [InlineData("Mon, 02 Mar 2026 10:11:12 +01:00")]
    [InlineData("Mon, 02 Mar 2026 10:11:12+01:00")]
    [InlineData("Mon,02 Mar 2026 10:11:12+0100")]
    [InlineData("Mon, 02 Mar 2026 10:11:12 GMT+0100")]
    [InlineData("Mon, 02 Mar 2026 10:11:12 GMT+01:00")]
    [InlineData("Mon, 02 Mar 2026 10:11:12 GMT+0100 (CET)")]
    [InlineData("Mon Mar 02 2026 10:11:12 GMT+0100 (Central European Standard Time)")]
    [InlineData("Mon, 02 Mar 2026 10:11:12 UTC+1")]
    [InlineData("Mon, 02 Mar 2026 10:11:12 + 0100")]
    [InlineData("Mon, 02 Mar 2026 10:11:12 (+0100)")]
    [InlineData("Mon, 02. Mar 2026 10:11:12 +0100")]
    [InlineData("2. Mar. 2026 10:11:12 +0100")]
    [InlineData("02.03.2026 10:11:12 +0100")]
    [InlineData("2026-03-02T10:11:12.345+01:00")]
    [InlineData("2026-03-02 10:11:12 +0100")]
    [InlineData("2026-03-02T09:11:12Z")]
    [InlineData("Mon, 02 Mar 2026 09:11:12.345Z")]
    [InlineData("Mon, 02 Mar 2026 09:11:12.345")]
    [InlineData("Mon, 2 Mar 26 09:11:12 GMT")]
    [InlineData("Mon, 02 Mar 2026 04:11:12.5 EST")]
    [InlineData("Mon, 02 Mar 2026 09:11:12 -0000")]
    [InlineData("  Mon, 02 Mar 2026 10:11:12 +0100 (CET)  ")]
    [InlineData("Mon, 02 Mar 2026 10:11:12 CET")]
    [InlineData("Mon, 02 Mar 2026 11:11:12 mesz")]
    [InlineData("Mon, 02 Mar 2026 06:11:12 PM (JST)")]
    public void A_date_is_what_the_sender_means(string text) =>
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 9, 11, 12, TimeSpan.Zero), MessageDate.Read(text)?.ToUniversalTime());

    [Theory]
    [InlineData("Mon, 30 Feb 2026 10:11:12 +0100")]
    [InlineData("00 Jan 0000 00:00:00 +0000")]
    [InlineData("Mon, 01 Jan 0001 00:00:00 +0000")]
    [InlineData("0001-01-01T00:00:00")]
    [InlineData("yesterday")]
    [InlineData("")]
    [InlineData(null)]
    public void What_makes_no_sense_is_no_date(string? text) => Assert.Null(MessageDate.Read(text));

    [Fact]
    public void A_leap_second_is_the_last_of_its_minute() =>
        Assert.Equal("2016-12-31 23:59:59", MessageDate.Read("Sat, 31 Dec 2016 23:59:60 +0000")?
            .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));

    [Fact]
    public void A_long_field_is_read_quickly() =>
        Assert.Null(MessageDate.Read(string.Concat(Enumerable.Repeat("1:11.11-", 100_000))));

    [Fact]
    public void What_servers_tell_of_no_date_is_not_known() => Assert.Null(MessageDate.Known(DateTimeOffset.MinValue));

    [Fact]
    public void The_end_of_a_day_is_the_beginning_of_the_next() =>
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 0, 0, 0, TimeSpan.FromHours(1)), MessageDate.Read("Mon, 02 Mar 2026 24:00:00 +0100"));
}
