using System.Management.Automation;
using System.Reflection;

namespace ImapPS.Tests.Module;

internal static class ModuleCmdlets
{
    public static IEnumerable<Type> Types =>
        typeof(Commands.ConnectImapCommand).Assembly.GetExportedTypes()
            .Where(type => type.GetCustomAttribute<CmdletAttribute>() is not null);

    public static IEnumerable<string> Names => Types.Select(type => type.GetCustomAttribute<CmdletAttribute>()!)
        .Select(cmdlet => $"{cmdlet.VerbName}-{cmdlet.NounName}");
}
