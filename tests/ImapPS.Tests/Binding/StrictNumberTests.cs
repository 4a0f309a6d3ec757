using System.Collections;
using System.Management.Automation;
using System.Numerics;
using System.Reflection;
using CsCheck;
using ImapPS.Binding;
using ImapPS.Models;
using ImapPS.Tests.Module;

namespace ImapPS.Tests.Binding;

/// <summary>A number that names a message, a folder or a session is a whole one, or digits; nothing else becomes one.</summary>
public sealed class StrictNumberTests
{
    private static readonly Gen<string> _texts = Gen.OneOf(
        Gen.OneOf("1", "12", "007", "4294967295", "4294967296", "18446744073709551616", "99999999999999999999999", "0", "-5", "+5", "1,2",
            "1.795.855.978", "1'234", "1_000", "1e0", "1E3", "0x3", "2kb", "1.0", "½", "²", "٣", "１", "1\0", "n/a",
            "abc", "True", "1:5", "*"),
        Gen.OneOf(" ", "\t", "\r\n", "\u00a0", "\u200b").Select(blank => blank + "7" + blank),
        Gen.Char.Array[0, 4].Select(letters => new string(letters)),
        Gen.Select(Gen.UInt, Gen.Char).Select((number, letter) => $"{number}{letter}"),
        Gen.UInt.Select(number => Text($"{number}")));

    private static readonly Gen<object> _numbers = Gen.OneOf<object>(
        Gen.SByte.Select(number => (object)number),
        Gen.Short.Select(number => (object)number),
        Gen.Int.Select(number => (object)number),
        Gen.Long.Select(number => (object)number),
        Gen.UInt.Select(number => (object)number),
        Gen.ULong.Select(number => (object)number),
        Gen.Double.Select(number => (object)number),
        Gen.Float.Select(number => (object)number),
        Gen.Decimal.Select(number => (object)number),
        Gen.Int[-3, 300].Select(number => (object)(number / 4.0)),
        Gen.Int[-3, 300].Select(number => (object)(number / 4m)),
        Gen.Long.Select(number => (object)new BigInteger(number)),
        Gen.OneOf(double.NaN, double.PositiveInfinity, double.NegativeInfinity).Select(number => (object)number));

    private static readonly Gen<object> _others = Gen.OneOf<object>(
        Gen.OneOf(true, false).Select(value => (object)value),
        Gen.OneOf(DayOfWeek.Monday, DayOfWeek.Sunday).Select(value => (object)value),
        Gen.Char['0', '9'].Select(value => (object)value),
        Gen.Int[0, 3].Select(count => (object)Enumerable.Range(1, count).ToArray()),
        Gen.Int[1, 5].Select(day => (object)new DateTime(2026, 1, day)),
        Gen.Int[1, 5].Select(days => (object)TimeSpan.FromDays(days)),
        Gen.Int[1, 5].Select(value => (object)new Hashtable { ["Uid"] = value }));

    private static Gen<object> Values => Gen.OneOf(_texts.Select(text => (object)text), _numbers, _others);

    [Fact]
    public void Nothing_but_digits_is_the_Uid_of_a_row() => Values.Sample(value =>
    {
        object bound = Bound(Row(("Folder", "A"), ("Uid", value)));
        if (Expected(value) is { } uid)
        {
            Assert.IsNotType<NotAMessage>(bound);
            Assert.Equal(uid, Assert.IsType<ImapMessage>(bound).Uid);
        }
        else if (IsUnknown(value)) Assert.Equal(0u, Assert.IsType<ImapMessage>(bound).Uid);
        else Assert.Equal("Uid", Assert.IsType<NotAMessage>(bound).Flaw?.Property);
    });

    [Fact]
    public void Nothing_but_digits_is_a_UidValidity_and_what_cannot_be_read_is_not_as_good_as_none() => Values.Sample(value =>
    {
        object bound = Bound(Row(("Folder", "A"), ("Uid", 1), ("UidValidity", value)));
        var folder = (FolderPath)new FolderTransformationAttribute().Transform(null!, Row(("Path", "A"), ("UidValidity", value)));
        if (Expected(value) is { } number)
        {
            Assert.Equal(number, Assert.IsType<ImapMessage>(bound).UidValidity);
            Assert.Equal(number, folder.UidValidity);
        }
        else if (IsEmpty(value))
        {
            Assert.Null(Assert.IsType<ImapMessage>(bound).UidValidity);
            Assert.Equal("A", folder.Path);
            Assert.Null(folder.UidValidity);
        }
        else
        {
            Assert.Equal("UidValidity", Assert.IsType<NotAMessage>(bound).Flaw?.Property);
            Assert.Equal("UidValidity", folder.Flaw?.Property);
            Assert.NotNull(folder.Given);
        }
    });

    [Fact]
    public void A_SessionId_is_an_id_or_a_name_and_is_never_left_out() => Values.Sample(value =>
    {
        object bound = Bound(Row(("Folder", "A"), ("Uid", 1), ("SessionId", value)));
        var folder = (FolderPath)new FolderTransformationAttribute().Transform(null!, Row(("Path", "A"), ("SessionId", value)));
        if (Expected(value) is { } id and <= int.MaxValue)
        {
            Assert.Equal((int)id, Assert.IsType<ImapMessage>(bound).SessionId);
            Assert.Equal((int)id, folder.Session?.Id);
        }
        else if (IsEmpty(value))
        {
            Assert.True(bound is ImapMessage { SessionId: null, SessionName: null });
            Assert.Null(folder.Session);
        }
        else
        {
            Assert.True(bound is NotAMessage { Flaw.Property: "SessionId" }
                or ImapMessage { SessionName: not null } or ImapMessage { SessionId: 0 });
            Assert.True(folder is { Flaw.Property: "SessionId" } or { Session.Name: not null } or { Session.Id: 0 });
        }
    });

    [Fact]
    public void A_Path_is_text() => Gen.OneOf(_numbers, _others).Sample(value =>
    {
        var folder = (FolderPath)new FolderTransformationAttribute().Transform(null!, Row(("Path", value)));
        Assert.Equal("Path", folder.Flaw?.Property);
        Assert.Equal("Folder", Assert.IsType<NotAMessage>(Bound(Row(("Folder", value), ("Uid", 1)))).Flaw?.Property);
    });

    [Fact]
    public void Nothing_but_digits_is_an_argument() => Values.Where(value => value is not Array).Sample(value =>
    {
        var attribute = new UidTransformationAttribute();
        if (value is "") Assert.Null(attribute.Transform(null!, value));
        else if (Expected(value) is { } uid)
        {
            Assert.Equal(uid, attribute.Transform(null!, value));
            Assert.Equal(new[] { 1u, uid }, attribute.Transform(null!, new object[] { 1, PSObject.AsPSObject(value) }));
        }
        else
        {
            Assert.Throws<ArgumentTransformationMetadataException>(() => attribute.Transform(null!, value));
            Assert.Throws<ArgumentTransformationMetadataException>(() => attribute.Transform(null!, new[] { 1, value }));
        }
    });

    [Fact]
    public void Every_parameter_for_UIDs_reads_them_so()
    {
        PropertyInfo[] parameters =
            [.. ModuleCmdlets.Types.SelectMany(type => type.GetProperties())
            .Where(property => property.Name is "Uid" or "UidValidity" or "UidNext")];
        Assert.NotEmpty(parameters);
        Assert.Empty(parameters.Where(property => !property.IsDefined(typeof(UidTransformationAttribute)))
            .Select(property => $"{property.DeclaringType}.{property.Name}"));
    }

    /// <summary>The rule, said once more: an integral value of a numeric type, or ASCII digits.</summary>
    private static uint? Expected(object value)
    {
        BigInteger? number = value switch
        {
            string text => text.Trim() is { Length: > 0 } digits && digits.All(char.IsAsciiDigit)
                ? BigInteger.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) : null,
            double fraction => double.IsInteger(fraction) ? new BigInteger(fraction) : null,
            float fraction => float.IsInteger(fraction) ? new BigInteger(fraction) : null,
            decimal fraction => decimal.IsInteger(fraction) ? new BigInteger(fraction) : null,
            BigInteger big => big,
            Enum or bool or char => null,
            sbyte or short or int or long => Convert.ToInt64(value, null),
            uint or ulong => Convert.ToUInt64(value, null),
            _ => null,
        };
        return number >= 1 && number <= uint.MaxValue ? (uint)number : null;
    }

    private static bool IsEmpty(object value) => value is string text && string.IsNullOrWhiteSpace(text);

    private static bool IsUnknown(object value) => IsEmpty(value) || value is BigInteger { IsZero: true }
        || (value is string text ? text.Trim().All(c => c == '0') : value is not (Enum or bool or char)
        && value is IConvertible and not DateTime && Convert.ToDouble(value, null) == 0);

    private static object Bound(PSObject row) => new MessageTransformationAttribute().Transform(null!, row);

    private static PSObject Row(params (string Name, object Value)[] properties)
    {
        var row = new PSObject();
        foreach ((string name, object value) in properties) row.Properties.Add(new PSNoteProperty(name, value));
        return row;
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
