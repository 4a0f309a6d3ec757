# What build.ps1 -Task Package made, as a user gets it: published, installed, and imported by its name. Run by build.ps1 -Task Install.

BeforeDiscovery {
    $prerelease = (Import-PowerShellDataFile $PSScriptRoot/../../ImapPS.psd1).PrivateData.PSData['Prerelease']
}

BeforeAll {
    . $PSScriptRoot/../FreshPowerShell.ps1
    Import-Module $PSScriptRoot/../TestServer.psm1
    $server = Start-TestServer -NoImport

    $root = Split-Path (Split-Path $PSScriptRoot)
    $manifest = Import-PowerShellDataFile $root/ImapPS.psd1
    $version = $manifest.ModuleVersion
    $prerelease = "$($manifest.PrivateData.PSData['Prerelease'])"
    $cmdlets = $manifest.CmdletsToExport
    $package = Join-Path $root out "ImapPS.$($prerelease ? "$version-$prerelease" : $version).nupkg"
    $repository = New-Item -ItemType Directory $TestDrive/repository
    $profileFolder = New-Item -ItemType Directory $TestDrive/profile

    # A home of its own, below which repositories are registered and modules installed: the user's is left as it is. .NET takes a
    # folder that is not there for none.
    $homes = 'HOME', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'PSModulePath'
    $kept = @{}
    $homes | ForEach-Object { $kept[$_] = [Environment]::GetEnvironmentVariable($_) }
    $data, $null = '.local/share', '.config' | ForEach-Object { New-Item -ItemType Directory $profileFolder/$_ }
    $homes | ForEach-Object { [Environment]::SetEnvironmentVariable($_, $null) }
    $env:HOME = $profileFolder

    # Emits what the script printed; with what it complained of it throws.
    function Invoke-Fresh([scriptblock] $Script, [string[]] $Argument) {
        $said = (Invoke-FreshPowerShell $Script $Argument 2>&1 | Out-String).Trim()
        if ($LASTEXITCODE) { throw $said }
        $said
    }

    $null = Invoke-Fresh -Argument $repository, $package {
        param($Repository, $Package)

        Register-PSResourceRepository ImapPSTest -Uri $Repository -Trusted
        Publish-PSResource -NupkgPath $Package -Repository ImapPSTest
    }
    $null = Invoke-Fresh { Install-PSResource ImapPS -Prerelease -Repository ImapPSTest }
    $installed = Join-Path $data powershell Modules ImapPS $version
}

AfterAll {
    $kept.GetEnumerator() | ForEach-Object { [Environment]::SetEnvironmentVariable($_.Key, $_.Value) }
    Stop-TestServer
}

Describe 'The package' {
    It 'is found in the repository, with its commands' {
        $found = Invoke-Fresh {
            $found = Find-PSResource ImapPS -Prerelease -Repository ImapPSTest
            $found.Version.ToString()
            $found.Includes.Cmdlet
        }
        $found -split '\s+' | Should -Be (@($version) + $cmdlets)
    }

    It 'says where it comes from and what is new' {
        $found = Invoke-Fresh {
            Find-PSResource ImapPS -Prerelease -Repository ImapPSTest | Select-Object Prerelease, ProjectUri, LicenseUri, IconUri, ReleaseNotes, Tags |
                ConvertTo-Json
        } | ConvertFrom-Json
        $said = $manifest.PrivateData.PSData
        $found.Prerelease | Should -Be $prerelease
        $found.ProjectUri, $found.LicenseUri, $found.IconUri | Should -Be $said.ProjectUri, $said.LicenseUri, $said.IconUri
        $said.Tags | ForEach-Object { $found.Tags | Should -Contain $_ }

        . $root/build/Release.ps1
        Push-Location $root
        try { $notes = Get-ReleaseNote $said.ProjectUri }
        finally { Pop-Location }
        $found.ReleaseNotes.Trim() | Should -Be $notes
        (Import-PowerShellDataFile $installed/ImapPS.psd1).PrivateData.PSData.ReleaseNotes | Should -Be $notes
    }

    It 'has its icon with it' {
        (Get-Item $installed/docs/pictures/icon.png).Length | Should -BeGreaterThan 1000
    }

    It 'is not taken for a finished version before it is one' -Skip:(-not $prerelease) {
        Invoke-Fresh { (Find-PSResource ImapPS -Repository ImapPSTest -ErrorAction SilentlyContinue).Count } | Should -BeIn '', '0'
    }

    It 'is installed where modules belong' {
        "$installed/ImapPS.psd1" | Should -Exist
        Invoke-Fresh { (Get-InstalledPSResource ImapPS).InstalledLocation } | Should -Not -BeNullOrEmpty
    }

    It 'is imported by its name' {
        Invoke-Fresh { (Import-Module ImapPS -PassThru).ModuleBase } | Should -Be $installed
    }

    It 'is imported by the first use of a cmdlet' {
        Invoke-Fresh {
            $null = Get-ImapSession
            (Get-Module ImapPS).ModuleBase
        } | Should -Be $installed
    }

    It 'lists the folders of a server' {
        $password = $server.Credential.GetNetworkCredential().Password
        $said = Invoke-Fresh -Argument $server.Server, $server.Port, $server.Credential.UserName, $password, $server['CertificateThumbprint'] {
            param($Server, $Port, $UserName, $Password, $Thumbprint)

            Import-Module ImapPS
            $credential = [pscredential]::new($UserName, (ConvertTo-SecureString $Password -AsPlainText))
            $trust = if ($Thumbprint) { @{ CertificateThumbprint = $Thumbprint } } else { @{} }
            $null = Connect-Imap $Server -Port $Port -Credential $credential @trust
            (Get-ImapFolder).Path
            Disconnect-Imap
        }
        $said -split '\r?\n' | Should -Contain 'INBOX'
        $said -split '\r?\n' | Should -Contain 'Archive'
    }

    It 'does what the guide of five minutes says' {
        $env:IMAPPS_SANDBOX = Get-TestServerAccess
        try {
            $null = Invoke-Fresh -Argument $root, "$TestDrive/guide.json" {
                param($Root, $Result)

                & $Root/tests/Pages/Invoke-Page.ps1 $Root/docs/getting-started.md -ResultPath $Result -Installed
            }
        }
        finally {
            $env:IMAPPS_SANDBOX = $null
        }

        $blocks = Get-Content $TestDrive/guide.json | ConvertFrom-Json
        @($blocks | Where-Object { -not $_.Reason }).Count | Should -BeGreaterThan 8
        $blocks | Where-Object { -not $_.Succeeded } | ForEach-Object { "$($_.Line): $($_.Errors)" } | Should -BeNullOrEmpty
    }

    It 'explains its cmdlets' {
        $synopses = Invoke-Fresh { (Get-Command -Module ImapPS).Name | ForEach-Object { (Get-Help $_).Synopsis } }
        $synopses -split '\r?\n' | Should -HaveCount $cmdlets.Count
        $synopses | Should -Not -Match '(?m)^[A-Z]\w+-Imap'
    }

    It 'has no page with a dead link' {
        $pages = Get-ChildItem $installed -Recurse -Filter *.md
        $pages.Name | Should -Contain README.md
        $dead = foreach ($page in $pages) {
            foreach ($link in [regex]::Matches((Get-Content $page -Raw), '\]\((?![a-z]+:|#)(?<path>[^)#\s]+)')) {
                $path = Join-Path $page.DirectoryName $link.Groups['path'].Value
                if (-not (Test-Path $path)) { "$($page.Name): $($link.Groups['path'].Value)" }
            }
        }
        $dead | Should -BeNullOrEmpty
    }
}

# ReadyToRun images that the runtime does not take are passed over without a word: what counts is what is still compiled.
Describe 'The first command' {
    BeforeDiscovery {
        $platform = [System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier
        $ahead = [Environment]::Version.Major -eq 10 -and $platform -in 'win-x64', 'linux-x64', 'osx-arm64'
    }

    BeforeAll {
        $plain = New-Item -ItemType Directory $TestDrive/plain/ImapPS
        Copy-Item $installed/* $plain -Recurse
        Remove-Item $plain/bin/net*-* -Recurse

        # What a module compiles and loads for ten messages. Code that is compiled once more because it is used much is not counted.
        function Measure-First([string] $Path) {
            $password = $server.Credential.GetNetworkCredential().Password
            $thumbprint = $server['CertificateThumbprint']
            $env:DOTNET_TC_CallCounting = 0
            try {
                $said = Invoke-Fresh -Argument $Path, $server.Server, $server.Port, $server.Credential.UserName, $password, $thumbprint {
                    param($Path, $Server, $Port, $UserName, $Password, $Thumbprint)

                    $credential = [pscredential]::new($UserName, (ConvertTo-SecureString $Password -AsPlainText))
                    $trust = if ($Thumbprint) { @{ CertificateThumbprint = $Thumbprint } } else { @{} }
                    $before = [Runtime.JitInfo]::GetCompiledMethodCount()
                    Import-Module $Path
                    $null = Connect-Imap $Server -Port $Port -Credential $credential @trust
                    $null = Get-ImapMessage -First 10
                    [Runtime.JitInfo]::GetCompiledMethodCount() - $before
                    [AppDomain]::CurrentDomain.GetAssemblies().Location | Where-Object { $_ -like '*ImapPS*' }
                }
            }
            finally {
                $env:DOTNET_TC_CallCounting = $null
            }

            $count, $files = $said -split '\r?\n'
            @{ Compiled = [int] $count; Files = $files.Replace('\', '/') }
        }

        $first = Measure-First $installed/ImapPS.psd1
        $withoutImages = Measure-First $plain/ImapPS.psd1
    }

    It 'runs code that was compiled ahead' -Skip:(-not $ahead) {
        $image = [regex]::Escape("/bin/net10.0-$([System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier)/")
        $first.Files | Where-Object { $_ -match '/(ImapPS|ImapPS\.\w+|MailKit|MimeKit)\.dll$' } | Should -Match $image
        $first.Compiled | Should -BeLessThan ($withoutImages.Compiled * 0.6)
        $first.Compiled | Should -BeLessThan 2100
    }

    It 'runs plain code where there is none that was' {
        $withoutImages.Files | Should -Match '/bin/net8\.0/'
        $withoutImages.Compiled | Should -BeGreaterThan 0
    }

    It 'loads nothing that it does not need' {
        # A server's certificate is read with System.Formats.Asn1.
        $names = $first.Files | ForEach-Object { [IO.Path]::GetFileNameWithoutExtension($_) } | Sort-Object
        $names | Where-Object { $_ -ne 'System.Formats.Asn1' } | Should -Be ImapPS, ImapPS.Core, ImapPS.Loader, MailKit, MimeKit
    }
}
