using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;

namespace ImapPS.Profile;

/// <summary>Turns the list of the methods that a first command runs into the form that the compiler reads.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments is not [string list, string output, .. string[] folders])
        {
            Console.Error.WriteLine("ImapPS.Profile profile.txt profile.mibc folder...");
            return 1;
        }

        string[] files = [.. folders.SelectMany(folder => Directory.GetFiles(folder, "*.dll"))];
        var context = new AssemblyLoadContext("ImapPS.Profile");
        context.Resolving += (_, name) => Find(name.Name!) is { } path ? context.LoadFromAssemblyPath(path) : null;
        var profile = MethodProfile.Read(list);
        var groups = new List<(string, IReadOnlyList<MethodBase>)>();
        foreach (string name in profile.Assemblies)
        {
            string path = Find(name) ?? throw new FileNotFoundException($"There is no {name}.dll in {string.Join(", ", folders)}.");
            groups.Add((name, [.. profile.Methods(context.LoadFromAssemblyPath(path))]));
        }

        ProfileAssembly.Write(output, groups);
        return 0;

        string? Find(string name) => files.FirstOrDefault(file => Path.GetFileNameWithoutExtension(file) == name);
    }
}
