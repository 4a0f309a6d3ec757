using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using ImapPS.Binding;
using ImapPS.Sandbox;
using ImapPS.Tests.Module;

namespace ImapPS.Tests.Binding;

/// <summary>A length of time as people write it: a number is days, whatever its type, and never ticks.</summary>
public sealed class SpanTests(MailServer mail) : ModuleTest(mail)
{
    /// <summary>What PowerShell makes of it, and the minutes that are meant.</summary>
    private static readonly Dictionary<string, double> _meant = new(StringComparer.Ordinal)
    {
        ["90"] = 90 * 1440,
        ["90l"] = 90 * 1440,
        ["90d"] = 90 * 1440,
        ["90.0"] = 90 * 1440,
        ["0.5"] = 720,
        ["0.5d"] = 720,
        ["0"] = 0,
        ["[byte]7"] = 7 * 1440,
        ["[uint32]7"] = 7 * 1440,
        ["[ulong]7"] = 7 * 1440,
        ["[float]0.25"] = 360,
        ["[bigint]7"] = 7 * 1440,
        ["[psobject]7"] = 7 * 1440,
        ["([pscustomobject]@{ Days = [long]90 }).Days"] = 90 * 1440,
        ["([pscustomobject]@{ Days = [double]1.5 }).Days"] = 1.5 * 1440,
        ["([pscustomobject]@{ Days = '90' }).Days"] = 90 * 1440,
        ["'90'"] = 90 * 1440,
        ["'0.5'"] = 720,
        ["' 90d '"] = 90 * 1440,
        ["'90 D'"] = 90 * 1440,
        ["'12h'"] = 720,
        ["'1.5H'"] = 90,
        ["'30m'"] = 30,
        ["'30M'"] = 30,
        ["'45s'"] = 0.75,
        ["'.5h'"] = 30,
        ["'90.00:00:00'"] = 90 * 1440,
        ["'90:00:00:00'"] = 90 * 1440,
        ["'12:30'"] = 750,
        ["'01:00:00'"] = 60,
        ["'00:00:30.5'"] = 30.5 / 60,
        ["[timespan]::FromHours(3)"] = 180,
        ["[timespan]90"] = 0.00000015,
        ["[pscustomobject]@{ Ticks = [timespan]::FromHours(3).Ticks; Hours = 3; TotalSeconds = 10800.0 }"] = 180,
    };

    public static TheoryData<string> Cultures() => ["", "de-DE", "tr-TR", "fa-IR"];

    [Fact]
    public void Every_span_parameter_has_the_rule_and_says_so()
    {
        List<(string Cmdlet, PropertyInfo Parameter)> spans =
        [
            .. ModuleCmdlets.Types.SelectMany(type => type.GetProperties()
                .Where(property => property.GetCustomAttributes<ParameterAttribute>().Any() && IsSpan(property.PropertyType))
                .Select(property =>
                    ($"{type.GetCustomAttribute<CmdletAttribute>()!.VerbName}-{type.GetCustomAttribute<CmdletAttribute>()!.NounName}",
                    property))),
        ];
        Assert.NotEmpty(spans);
        Assert.All(spans, span =>
        {
            Assert.NotNull(span.Parameter.GetCustomAttribute<SpanTransformationAttribute>());
            PSObject help = Assert.Single(
                Succeed($"(Get-Help {span.Cmdlet} -Parameter {span.Parameter.Name}).description | ForEach-Object "
                + "Text | Select-Object -First 1"));
            Assert.Contains("A number is days", help.ToString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Seconds_need_no_quotes()
    {
        User.Deliver("INBOX", Message("new"), new MessageState(DateTimeOffset.UtcNow));
        User.Deliver("INBOX", Message("old"), new MessageState(DateTimeOffset.UtcNow.AddDays(-2)));
        Connect();

        Assert.Equal(["new"], Subjects(Succeed("Get-ImapMessage -NewerThan 3000s")));
        Assert.Equal(["old"], Subjects(Succeed("Get-ImapMessage -OlderThan 3000s")));
        Assert.Single(Run("$age = 3000s; Get-ImapMessage -NewerThan $age").AllErrors);
    }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void It_means_the_same_in_every_culture(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            var meant = _meant.ToDictionary(pair => pair.Key, pair =>
                TimeSpan.FromTicks((long)Math.Round(pair.Value * TimeSpan.TicksPerMinute)));
            Assert.Equal(meant, _meant.Keys.ToDictionary(text => text, text =>
                Assert.IsType<TimeSpan>(Transform(Assert.Single(Succeed(text))))));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("-0.5")]
    [InlineData("'-1'")]
    [InlineData("'-12h'")]
    [InlineData("'-01:00:00'")]
    [InlineData("([timespan]-1)")]
    [InlineData("([double]::NaN)")]
    [InlineData("([double]::PositiveInfinity)")]
    [InlineData("([int]::MaxValue)")]
    [InlineData("([long]::MaxValue)")]
    [InlineData("([decimal]::MaxValue)")]
    [InlineData("([bigint]::Pow(10, 400))")]
    [InlineData("'99999999999999999999999999999999d'")]
    [InlineData("'99999999999.00:00:00'")]
    [InlineData("'0,5'")]
    [InlineData("'1,5h'")]
    [InlineData("'24:00:00'")]
    [InlineData("'90x'")]
    [InlineData("'ninety'")]
    [InlineData("'d'")]
    [InlineData("''")]
    [InlineData("$null")]
    [InlineData("$true")]
    [InlineData("([datetime]::Now)")]
    [InlineData("(1, 5)")]
    [InlineData("@{ Days = 5 }")]
    public void What_is_no_length_of_time_is_an_error_that_says_what_is(string argument)
    {
        Connect();
        ErrorRecord error = Assert.Single(Run($"Get-ImapMessage -OlderThan {argument}").AllErrors);
        Assert.Equal("ParameterArgumentTransformationError,ImapPS.Commands.GetImapMessageCommand", error.FullyQualifiedErrorId);
        Assert.Contains("12h", error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Proxy.Commands);
    }

    [Fact]
    public void As_it_is_typed()
    {
        foreach ((string subject, double days) in new[] { ("old", 91d), ("month", 30d), ("day", 0.8), ("hour", 0.04) })
        {
            User.Deliver("INBOX", Message(subject), new MessageState(Received: DateTimeOffset.UtcNow.AddDays(-days)));
        }

        Connect();
        foreach (string argument in new[] { "90", "90d", "'90'", "90.00:00:00", "2160h", "90.0" })
        {
            Assert.Equal(["old"], Subjects(Succeed($"Get-ImapMessage -OlderThan {argument}")));
            Assert.Equal(["month", "day", "hour"], Subjects(Succeed($"Get-ImapMessage -NewerThan {argument}")));
        }

        Assert.Equal(["hour"], Subjects(Succeed("Get-ImapMessage -NewerThan 0.5")));
        Assert.Equal(["day", "hour"], Subjects(Succeed("$days = 1; Get-ImapMessage -NewerThan $days")));
        Assert.Empty(Succeed("Get-ImapMessage -NewerThan 0"));
        Assert.Equal(4, Succeed("Get-ImapMessage -OlderThan 0").Count);
        AssertError(Run("Assert-ImapMessage -OlderThan 1d -None"), "AssertionFailed");
    }

    private static object Transform(PSObject value) => new SpanTransformationAttribute().Transform(null!, value);

    private static bool IsSpan(Type type) => (Nullable.GetUnderlyingType(type) ?? type.GetElementType() ?? type) is var inner
        && (Nullable.GetUnderlyingType(inner) ?? inner) == typeof(TimeSpan);
}
