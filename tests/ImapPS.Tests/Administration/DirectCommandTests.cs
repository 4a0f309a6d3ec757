using System.Reflection;
using System.Text.RegularExpressions;
using ImapPS.Administration;
using ImapPS.Sandbox;
using ImapPS.Transfers;
using MailKit.Net.Imap;

namespace ImapPS.Tests.Administration;

/// <summary>
/// Commands for which MailKit has no call go through its queue, which is not public. A version of MailKit that has another queue is to be
/// found here, and not by a user.
/// </summary>
public sealed partial class DirectCommandTests
{
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    [Fact]
    public void The_queue_is_as_it_is_known()
    {
        Type engine = typeof(ImapFolder).GetProperty("Engine", Members)?.PropertyType
            ?? throw new InvalidOperationException("MailKit's folders have no Engine any more.");
        Type command = typeof(ImapFolder).Assembly.GetType("MailKit.Net.Imap.ImapCommand", throwOnError: true)!;
        MethodInfo queue = Assert.Single(engine.GetMethods(Members), method => method.Name == "QueueCommand"
            && method.GetParameters().Select(parameter => parameter.ParameterType)
                .SequenceEqual([typeof(CancellationToken), typeof(ImapFolder), typeof(string), typeof(object[])]));
        Assert.Equal(command, queue.ReturnType);
        MethodInfo run = Assert.Single(engine.GetMethods(Members), method => method.Name == "RunAsync");
        Assert.Equal(command, Assert.Single(run.GetParameters()).ParameterType);
        Assert.True(typeof(Task).IsAssignableFrom(run.ReturnType));
        Assert.Single(command.GetMethods(Members), method => method.Name == "ThrowIfNotOk");
        PropertyInfo capabilities = Assert.Single(engine.GetProperties(Members), property => property.Name == "Capabilities");
        Assert.Equal((typeof(ImapCapabilities), true), (capabilities.PropertyType, capabilities.CanWrite));
    }

    [Fact]
    public void Nothing_else_looks_into_MailKit()
    {
        string source = Path.Combine(Repository.Root, "src", "ImapPS.Core");
        Assert.Equal(
            // RawMime looks into MimeKit: a message without a line end that arrives (OctetTests) is what tells another version.
            [nameof(DirectCommand) + ".cs", nameof(RawMime) + ".cs"],
            Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
                .Where(file => Reflection().IsMatch(File.ReadAllText(file)))
                .Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"BindingFlags\.|\.GetProperty\(|\.GetMethod\(|\.GetField\(|Activator\.|UnsafeAccessor")]
    private static partial Regex Reflection();
}
