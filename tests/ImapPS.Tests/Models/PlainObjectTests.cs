using System.Collections;
using System.Management.Automation;
using System.Reflection;
using ImapPS.Models;

namespace ImapPS.Tests.Models;

/// <summary>
/// What is emitted is text where PowerShell makes text of it. How the real cmdlets behave with that is in Plain-Objects.Tests.ps1.
/// </summary>
public sealed class PlainObjectTests
{
    public static TheoryData<Type, string> Properties =>
        [.. Emitted().SelectMany(type => type.GetProperties().Select(property => ((type, property.Name))))
            .Select(row => new TheoryDataRow<Type, string>(row.type, row.Name))];

    [Theory]
    [MemberData(nameof(Properties))]
    public void A_property_is_good_in_plain_PowerShell(Type type, string name)
    {
        Type value = type.GetProperty(name)!.PropertyType;
        if (value.IsEnum)
        {
            // ConvertTo-Json writes the names of no others.
            Assert.Equal(typeof(long), Enum.GetUnderlyingType(value));
        }
        else if (value != typeof(string) && typeof(IEnumerable).IsAssignableFrom(value))
        {
            // Export-Csv and ConvertTo-Html write ToString; Group-Object names a group of a collection {so}.
            Assert.NotEqual(typeof(object), value.GetMethod(nameof(ToString), Type.EmptyTypes)!.DeclaringType);
            Assert.False(typeof(ICollection).IsAssignableFrom(value), value.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void A_list_of_nothing_is_false(Type type, string name)
    {
        Type value = type.GetProperty(name)!.PropertyType;
        if (value == typeof(string) || !typeof(IEnumerable).IsAssignableFrom(value)) return;

        object? empty = value.GetProperty("Empty", BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null);
        Assert.False(LanguagePrimitives.IsTrue(empty));
        Assert.Equal(string.Empty, $"{empty}");
        Assert.Empty(Assert.IsType<ICollection>(empty, exactMatch: false));
    }

    [Fact]
    public void A_list_of_one_is_true_and_no_array()
    {
        var one = ImapList<string>.Of(["$Work"]);
        Assert.True(LanguagePrimitives.IsTrue(one));
        Assert.IsNotType<ICollection>(one, exactMatch: false);
        Assert.Same(ImapList<string>.Empty, ImapList<string>.Of([]));
        Assert.Same(ImapAddressList.Empty, ImapAddressList.Of([]));
    }

    [Fact]
    public void An_address_is_the_text_that_a_person_writes()
    {
        var address = new ImapAddress("Alice", "alice@example.org");
        Assert.True(address.Equals("ALICE@example.org"));
        Assert.True(address.Equals("Alice Smith <alice@example.org>"));
        Assert.False(address.Equals("lice@example.org"));
        Assert.False(address.Equals("Alice"));
        Assert.Equal(address, new ImapAddress(string.Empty, "Alice@Example.org"));
        Assert.Equal(address.GetHashCode(), new ImapAddress(string.Empty, "Alice@Example.org").GetHashCode());
    }

    private static IEnumerable<Type> Emitted() =>
        typeof(ImapMessage).Assembly.GetExportedTypes().Where(type =>
            type.Namespace == typeof(ImapMessage).Namespace && type.IsClass && !type.IsGenericType
                && !typeof(IEnumerable).IsAssignableFrom(type)
            && type != typeof(FolderPath) && type != typeof(MailboxMark) && type != typeof(SessionReference));
}
