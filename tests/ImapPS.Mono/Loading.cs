using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using ImapPS.Commands;
using ImapPS.Models;

namespace ImapPS.Mono;

/// <summary>
/// Loads every type of the cmdlets and of the core with the attributes that PowerShell reads, and compiles every method. A type or member
/// that this runtime does not have, or that PowerShellStandard's library does not have, ends that with an error.
/// </summary>
internal static class Loading
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static int Run()
    {
        var wrong = 0;
        foreach (Assembly assembly in new[] { typeof(ConnectImapCommand).Assembly, typeof(ImapMessage).Assembly })
        {
            Type[] types = assembly.GetTypes();
            MethodBase[] methods = [.. types.Where(type => !type.ContainsGenericParameters).SelectMany(Methods)];
            foreach (MemberInfo member in types.Concat<MemberInfo>(types.SelectMany(type => type.GetProperties(All))).Concat(methods))
            {
                if (Fault(member) is not { } fault) continue;
                Console.WriteLine($"{member.DeclaringType}.{member}: {fault}");
                wrong++;
            }

            Console.WriteLine($"{assembly.GetName().Name}: {types.Length} types, {methods.Length} methods");
        }

        return wrong == 0 ? 0 : 1;
    }

    private static IEnumerable<MethodBase> Methods(Type type) =>
        type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All))
            .Where(method => !method.IsAbstract && !method.ContainsGenericParameters && method.GetMethodBody() is not null);

    private static Exception? Fault(MemberInfo member)
    {
        try
        {
            _ = CustomAttributeData.GetCustomAttributes(member);
            if (member is MethodBase method) method.MethodHandle.GetFunctionPointer();
            return null;
        }
        catch (Exception exception) when (exception is TypeLoadException or MissingMemberException or InvalidProgramException
            or System.IO.FileNotFoundException or BadImageFormatException)
        {
            return exception;
        }
    }
}
