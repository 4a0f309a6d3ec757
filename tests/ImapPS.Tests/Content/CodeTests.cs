using ImapPS.Content;

namespace ImapPS.Tests.Content;

/// <summary>Mails as services send them, with the codes that a person would read out of them.</summary>
public sealed class CodeTests
{
    public static TheoryData<string, string, string[]> Announced => new()
    {
        { "", "Welcome! Your code is 481 516.\nOr open https://app.example/confirm?token=93f2c7", ["481516"] },
        { "Your verification code", "Hi Alice,\n\nHere it is:\n\n  739204\n\nIt expires in 10 minutes.", ["739204"] },
        { "482913 is your sign-in code", "Enter it on the page that you left open.", ["482913"] },
        { "", "G-615243 is your Google verification code.", ["G-615243"] },
        { "", "Your one-time passcode: ABC-123", ["ABC-123"] },
        { "", "Use 0042 to log in.", ["0042"] },
        { "", "Enter 90210817 to verify your e-mail address. It is valid until 12:30 on 2026-03-02.", ["90210817"] },
        { "", "Security code: 2024", ["2024"] },
        { "", "Your verification code is 123-456. Do not share it.", ["123-456"] },
        { "", "PIN: 8841", ["8841"] },
        { "", "Your OTP is\n\n55 66 77\n\nand it is good for 5 minutes.", ["556677"] },
        { "Confirm your address", "Please enter this in the app.\n\n1 2 3\n\n774411\n", ["774411"] },
        { "", "Ihr Einmalcode lautet: 336 914", ["336914"] },
        { "", "Bestätigungscode\n402817\nGültig für 15 Minuten.", ["402817"] },
        { "", "Ihre TAN für die Überweisung von 250,00 EUR: 719350", ["719350"] },
        { "", "Votre code de vérification est le suivant :\n558120", ["558120"] },
        { "", "Tu código de verificación es 20417.", ["20417"] },
        { "", "Il tuo codice è: 664 201", ["664201"] },
        { "", "Twój kod: 118822", ["118822"] },
        { "", "Ваш код подтверждения: 905533", ["905533"] },
        { "", "您的验证码是 284617，5分钟内有效。", ["284617"] },
        { "", "確認コード:193847", ["193847"] },
        { "", "Backup codes\n\n1a2b-3c4d\nXKCD-9821\n4821-7733\n", ["XKCD-9821", "4821-7733"] },
        { "", "Your login code is 111222. If you did not ask for it, call +1 800 555 0199.", ["111222"] },
        { "", "Code 4471 for order 88231907 (EUR 59.90).", ["4471"] },
        { "", "Your code: **909 808**", ["909808"] },
        { "", "Your code: 123456\nYour code: 123456", ["123456"] },
        { "", "(123456) is your verification code", ["123456"] },
    };

    [Theory]
    [MemberData(nameof(Announced))]
    public void Codes_that_are_announced(string subject, string text, string[] codes) =>
        Assert.Equal(codes, CodeFinder.Find(subject, text));

    [Theory]
    [InlineData("Receipt 4711 for March 2026", "Thank you. We have charged EUR 5900.00 to your card ending in 4242.")]
    [InlineData("Your order 20481516", "Your order number is 20481516. Use the discount code SPRING to save 1500 points.")]
    [InlineData("", "Copyright 2026 Example Inc., 1600 Amphitheatre Parkway, zip code 94043.")]
    [InlineData("", "Your verification will expire on 2026-03-02 at 10:45. It was asked for on 20260302.")]
    [InlineData("", "To verify, call 0800 123 4567 or +49 30 1234567.")]
    [InlineData("", "Questions about login? Phone 555-0199.")]
    [InlineData("Sign in to see your invoice", "Invoice 2026-1234 over $1234 is due in 3600 seconds.")]
    [InlineData("", "Sendungsnummer 0034 0434 1612 9012 3456")]
    [InlineData("", "The error code 5003 and the HTTP code 404 were seen 1200 times; see https://example.test/code/123456.")]
    [InlineData("", "We fixed issue #12345 in the source code; version 2024.1200 is out.")]
    [InlineData("[CRITICAL] web-02: disk usage 97 %", "1048576 bytes left. Ticket 10045.")]
    [InlineData("Confirm your booking", "Booking 5512345, 2 nights, 1400 EUR. Room 4711.")]
    [InlineData("", "Your account number 12345678 was verified in 2026.")]
    [InlineData("Password changed", "Your password was changed on 03/02/2026 from 192.168.1001.7.")]
    [InlineData("", "code@1234.example wrote: 12345@example.test")]
    [InlineData("", "Postal code 12345 Berlin")]
    [InlineData("", "RFC-2822, UTF-8 and ISO-8859-1 are the standards; your code reviews were late in 2025-26.")]
    public void Numbers_that_are_no_codes(string subject, string text) => Assert.Empty(CodeFinder.Find(subject, text));

    [Fact]
    public void Megabytes_of_digits()
    {
        Assert.InRange(CodeFinder.Find("Your code", string.Concat(Enumerable.Repeat("code 123456 ", 500_000))).Length, 0, 20);
        Assert.InRange(CodeFinder.Find("Your code", string.Concat(Enumerable.Repeat("code: 12-34-56-", 500_000))).Length, 0, 20);
        Assert.InRange(CodeFinder.Find("Your code", string.Concat(Enumerable.Range(100_000, 100_000).Select(i => Text(i)))).Length, 0, 20);

        static string Text(int i) => FormattableString.Invariant($"PIN: {i}\n");
    }
}
